package io.stillwatch.signature;

import io.stillwatch.schema.SignatureDefinition;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Collection;

/**
 * What tells that a published definition came from somebody who may publish: an Ed25519 signature (RFC 8032) over all of
 * it, so that nobody who can merely write to the topic can change what the pipeline looks for.
 *
 * <p>Signed are, in this order: the ASCII text {@code stillwatch signature definition 1}, id, version, text, whether it is
 * disabled, when and by whom it was published; each text as its length in bytes (4, big endian) and UTF-8, numbers big
 * endian, an absent publisher as the empty text.
 */
public final class Seal {
    private static final String ALGORITHM = "Ed25519";
    private static final String CONTEXT = "stillwatch signature definition 1";

    private Seal() {}

    /**
     * Seals a definition.
     *
     * @throws IllegalArgumentException when the key is none of Ed25519
     */
    public static SignatureDefinition set(SignatureDefinition definition, PrivateKey key) {
        try {
            java.security.Signature signer = java.security.Signature.getInstance(ALGORITHM);
            signer.initSign(key);
            signer.update(signed(definition));
            definition.setSeal(ByteBuffer.wrap(signer.sign()));
            return definition;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this is no private key of Ed25519", e);
        }
    }

    /** Whether a definition was sealed with one of the keys, and not changed since. */
    public static boolean holds(SignatureDefinition definition, Collection<PublicKey> keys) {
        return definition.getSeal() != null && keys.stream().anyMatch(key -> holds(definition, key));
    }

    private static boolean holds(SignatureDefinition definition, PublicKey key) {
        ByteBuffer seal = definition.getSeal().duplicate();
        byte[] bytes = new byte[seal.remaining()];
        seal.get(bytes);
        try {
            java.security.Signature verifier = java.security.Signature.getInstance(ALGORITHM);
            verifier.initVerify(key);
            verifier.update(signed(definition));
            return verifier.verify(bytes);
        } catch (GeneralSecurityException e) {
            // Bytes that are no signature at all are as good as a wrong one.
            return false;
        }
    }

    private static byte[] signed(SignatureDefinition definition) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            write(out, CONTEXT);
            write(out, definition.getId());
            out.writeInt(definition.getVersion());
            write(out, definition.getYaml());
            out.writeBoolean(definition.getDisabled());
            out.writeLong(definition.getPublishedAt());
            write(out, definition.getPublishedBy() == null ? "" : definition.getPublishedBy());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
