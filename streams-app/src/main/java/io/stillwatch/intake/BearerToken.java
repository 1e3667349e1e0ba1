package io.stillwatch.intake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/** The secret that senders have to show (RFC 6750). Kept as its hash; comparing takes as long whatever is shown. */
public final class BearerToken {
    /** Shortest token that is taken for a secret; characters. */
    public static final int SHORTEST = 16;

    private static final String SCHEME = "bearer ";

    private final byte[] hash;

    /**
     * The token.
     *
     * @throws IllegalArgumentException with a sentence if it is too short, or cannot stand in a header
     */
    public BearerToken(String token) {
        boolean printable = token.chars().allMatch(character -> character > ' ' && character < 0x7f);
        if (token.length() < SHORTEST || !printable) {
            throw new IllegalArgumentException("A token is one line of at least " + SHORTEST
                    + " letters, digits or signs without blanks, such as 'openssl rand -hex 32' prints.");
        }
        hash = hash(token);
    }

    /** Whether the value of an {@code Authorization} header shows this token; null where there is none. */
    boolean isShownBy(String authorization) {
        boolean bearer =
                authorization != null && authorization.toLowerCase(Locale.ROOT).startsWith(SCHEME);
        String shown = bearer ? authorization.substring(SCHEME.length()).strip() : "";
        return MessageDigest.isEqual(hash, hash(shown)) && bearer;
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BearerToken token && MessageDigest.isEqual(hash, token.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }
}
