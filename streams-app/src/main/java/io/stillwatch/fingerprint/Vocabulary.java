package io.stillwatch.fingerprint;

import java.util.Arrays;
import java.util.List;

/**
 * The word pieces a table has vectors for, by number. A piece is either the beginning of a word or, written with a
 * leading {@code ##}, a continuation of one.
 *
 * <p>Immutable; finding a piece allocates nothing.
 */
final class Vocabulary {
    private static final String CONTINUATION = "##";
    private static final long MULTIPLIER = 0x5851F42D4C957F2DL;
    private static final long BEGINNING_SEED = 0x9E3779B97F4A7C15L;
    private static final long CONTINUATION_SEED = 0xC2B2AE3D27D4EB4FL;

    private static final String UNKNOWN = "[UNK]";

    private final String[] entries;
    private final int unknown;
    private final int longest;
    private final long[] powers;
    private final int mask;
    private final long[] hashes;
    private final int[] numbers;

    Vocabulary(List<String> entries) {
        this.entries = entries.toArray(String[]::new);
        unknown = entries.indexOf(UNKNOWN);
        if (unknown < 0) {
            throw new IllegalArgumentException("The vocabulary has no piece " + UNKNOWN + ".");
        }
        int slots = Integer.highestOneBit(Math.max(1, this.entries.length)) * 4;
        mask = slots - 1;
        hashes = new long[slots];
        numbers = new int[slots];
        Arrays.fill(numbers, -1);
        int longestPiece = 0;
        for (int number = 0; number < this.entries.length; number++) {
            String entry = this.entries[number];
            int skipped = isContinuation(entry) ? CONTINUATION.length() : 0;
            longestPiece = Math.max(longestPiece, entry.length() - skipped);
            long hash = skipped == 0 ? BEGINNING_SEED : CONTINUATION_SEED;
            for (int i = skipped; i < entry.length(); i++) {
                hash = hash * MULTIPLIER + entry.charAt(i);
            }
            insert(Mixing.mix(hash), number);
        }
        longest = longestPiece;
        powers = new long[longest + 1];
        powers[0] = 1;
        for (int i = 1; i <= longest; i++) {
            powers[i] = powers[i - 1] * MULTIPLIER;
        }
    }

    int size() {
        return entries.length;
    }

    /** Number of the piece that stands for a word none of the others spells. */
    int unknown() {
        return unknown;
    }

    private static boolean isContinuation(String entry) {
        return entry.startsWith(CONTINUATION) && entry.length() > CONTINUATION.length();
    }

    /** Number of UTF-16 units of the text that a piece stands for. */
    int length(int number) {
        String entry = entries[number];
        return entry.length() - (isContinuation(entry) ? CONTINUATION.length() : 0);
    }

    /**
     * Writes into {@code prefixes[i]} what {@link #longestPiece} needs to know of the first {@code i} characters.
     *
     * @param prefixes at least one longer than the word
     */
    static void hashPrefixes(char[] characters, int length, long[] prefixes) {
        prefixes[0] = 0;
        for (int i = 0; i < length; i++) {
            prefixes[i + 1] = prefixes[i] * MULTIPLIER + characters[i];
        }
    }

    /** Number of the longest piece that the word has at {@code from}, or -1 when none fits. */
    int longestPiece(char[] characters, int from, int length, long[] prefixes) {
        long seed = from == 0 ? BEGINNING_SEED : CONTINUATION_SEED;
        for (int to = Math.min(length, from + longest); to > from; to--) {
            long power = powers[to - from];
            long hash = seed * power + prefixes[to] - prefixes[from] * power;
            int number = find(Mixing.mix(hash), characters, from, to);
            if (number >= 0) {
                return number;
            }
        }
        return -1;
    }

    private void insert(long hash, int number) {
        int slot = (int) hash & mask;
        while (numbers[slot] >= 0) {
            slot = slot + 1 & mask;
        }
        hashes[slot] = hash;
        numbers[slot] = number;
    }

    private int find(long hash, char[] characters, int from, int to) {
        for (int slot = (int) hash & mask; numbers[slot] >= 0; slot = slot + 1 & mask) {
            if (hashes[slot] == hash && isAt(entries[numbers[slot]], characters, from, to)) {
                return numbers[slot];
            }
        }
        return -1;
    }

    private static boolean isAt(String entry, char[] characters, int from, int to) {
        boolean continuation = isContinuation(entry);
        int skipped = continuation ? CONTINUATION.length() : 0;
        if (continuation != from > 0 || entry.length() - skipped != to - from) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (entry.charAt(i - from + skipped) != characters[i]) {
                return false;
            }
        }
        return true;
    }
}
