package io.stillwatch.cli.option;

import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.signature.SignatureSet;
import java.util.Iterator;

/** Ids of the signatures that ship, for the completion of a shell. */
public final class SignatureIds implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return SignatureSet.bundled().signatures().stream()
                .map(CompiledSignature::signature)
                .map(signature -> signature.id())
                .iterator();
    }
}
