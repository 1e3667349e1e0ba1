package io.stillwatch.alert.stix;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How identifiers are made unrecognisable before they leave the house: HMAC-SHA256 with a key, so that only those who
 * share the key can compare identifiers; without one plain SHA-256, which anybody can undo who can guess the identifiers.
 */
public final class IdentifierHash {
    /** Bytes a key has at least. */
    public static final int LEAST_KEY_BYTES = 16;

    private final Optional<byte[]> key;

    private IdentifierHash(Optional<byte[]> key) {
        this.key = key;
    }

    /** SHA-256 without a key. */
    public static IdentifierHash plain() {
        return new IdentifierHash(Optional.empty());
    }

    /**
     * HMAC-SHA256 with a key.
     *
     * @throws IllegalArgumentException where the key is too short
     */
    public static IdentifierHash keyed(byte[] key) {
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "A hash key has at least " + LEAST_KEY_BYTES + " bytes, not " + key.length + ".");
        }
        return new IdentifierHash(Optional.of(key.clone()));
    }

    /** What the hashes are called in the bundle. */
    String method() {
        return key.isPresent() ? "HMAC-SHA-256" : "SHA-256";
    }

    /** 64 hexadecimal digits. */
    String of(String identifier) {
        byte[] bytes = identifier.getBytes(StandardCharsets.UTF_8);
        try {
            if (key.isEmpty()) {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.get(), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
