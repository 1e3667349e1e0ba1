package io.stillwatch.signature;

import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.text.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Signatures with published definitions laid over them by id.
 *
 * @param signatures what is in effect
 * @param skipped by id, in one sentence, why a definition is not; the signature of that id that was given stays in effect
 */
public record SignatureOverlay(SignatureSet signatures, Map<String, String> skipped) {

    /** Lays definitions over signatures; depends on nothing but the two. */
    public static SignatureOverlay of(SignatureSet given, Collection<SignatureDefinition> definitions) {
        List<CompiledSignature> over = new ArrayList<>();
        Set<String> disabled = new HashSet<>();
        Map<String, String> skipped = new TreeMap<>();
        for (SignatureDefinition definition : definitions) {
            if (definition.getId().length() > SignatureReader.LONGEST_ID) {
                skipped.put(
                        definition.getId(),
                        "published " + Printable.identifier(definition.getId()) + ": its id is longer than "
                                + SignatureReader.LONGEST_ID + " characters");
                continue;
            }
            if (definition.getDisabled()) {
                disabled.add(definition.getId());
                continue;
            }
            try {
                over.add(read(definition));
            } catch (SignatureException e) {
                skipped.put(definition.getId(), e.getMessage());
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                // Anybody who may write to the topic decides what is in it; nothing of that may stop the pipeline.
                skipped.put(
                        definition.getId(),
                        "published " + definition.getId() + ": it cannot be read: " + Printable.escape(e.toString()));
            }
        }
        return new SignatureOverlay(given.overlaid(over, disabled), skipped);
    }

    private static CompiledSignature read(SignatureDefinition definition) {
        CompiledSignature compiled = SignatureReader.read("published " + definition.getId(), definition.getYaml());
        if (!compiled.signature().id().equals(definition.getId())) {
            throw new SignatureException("published " + definition.getId() + ": its file has the id "
                    + compiled.signature().id() + "; publish it under that");
        }
        return compiled;
    }
}
