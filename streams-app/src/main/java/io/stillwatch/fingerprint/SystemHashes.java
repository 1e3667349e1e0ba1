package io.stillwatch.fingerprint;

import java.util.function.ToLongFunction;

/**
 * Hashes of system instructions met lately: many requests bring the same ones, and comparing them costs a tenth of
 * reading them. Only saves time; what is asked for is the same with it and without.
 *
 * <p>Keeps at most {@value #SLOTS} instructions of {@value #LONGEST} characters. Not thread-safe.
 */
final class SystemHashes {
    static final int SLOTS = 64;
    static final int LONGEST = 4_096;

    private final ToLongFunction<String> hash;
    private final String[] texts = new String[SLOTS];
    private final long[] hashes = new long[SLOTS];

    /** @param hash what to remember; the same for the same text */
    SystemHashes(ToLongFunction<String> hash) {
        this.hash = hash;
    }

    /** The hash of instructions. */
    long of(String text) {
        if (text.length() > LONGEST) {
            return hash.applyAsLong(text);
        }
        int code = text.hashCode();
        int slot = (code ^ code >>> 16) & SLOTS - 1;
        if (!text.equals(texts[slot])) {
            hashes[slot] = hash.applyAsLong(text);
            texts[slot] = text;
        }
        return hashes[slot];
    }
}
