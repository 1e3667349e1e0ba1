package io.stillwatch.ingest;

import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hasher128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash by which ingest names things: XXH3, 128 bits, stable for ever. Names, not secrets. */
final class Hash {
    static final Hasher128 FUNCTION = Hashing.xxh3_128();

    private Hash() {}

    static String hex(HashValue128 value) {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(value.getMostSignificantBits()) + hex.toHexDigits(value.getLeastSignificantBits());
    }

    /** A name for a key that must not be kept itself, from which nobody can get back to it. */
    static String ofSecret(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    static String of(String text) {
        return hex(FUNCTION.hashCharsTo128Bits(text));
    }
}
