package io.stillwatch.fingerprint;

/** Words in a row that set a marker, by their hashes. */
final class Phrase {
    /** Stands for up to {@value #LONGEST_GAP} words. */
    static final long ANY = 0;

    private static final int LONGEST_GAP = 3;

    private final long[] words;
    private final boolean atStart;
    private final long bit;

    /**
     * Makes a phrase.
     *
     * @param words hashes of its words; neither the first nor the last is {@link #ANY}
     * @param atStart whether it counts at the start of a prompt only
     * @param bit what it sets
     */
    Phrase(long[] words, boolean atStart, long bit) {
        this.words = words;
        this.atStart = atStart;
        this.bit = bit;
    }

    long bit() {
        return bit;
    }

    boolean isAtStart() {
        return atStart;
    }

    /** The most words between the start of a prompt and the phrase's end, that end included. */
    int reach() {
        int reach = 0;
        for (long word : words) {
            reach += word == ANY ? LONGEST_GAP : 1;
        }
        return reach;
    }

    /** What a prompt must have where the phrase ends: its last word or, where it tells more, its last two. */
    long key() {
        int last = words.length - 1;
        return last == 0 || words[last - 1] == ANY ? words[last] : pair(words[last - 1], words[last]);
    }

    /** Hash of two words in a row; of a word and of a pair it is never the same, but for one chance in 2^64. */
    static long pair(long first, long second) {
        return Long.rotateLeft(first, 29) + second;
    }

    /** Whether the phrase ends at a word of a prompt. */
    boolean endsAt(long[] prompt, int last) {
        return matches(words.length - 1, prompt, last);
    }

    private boolean matches(int wanted, long[] prompt, int at) {
        if (wanted < 0) {
            return !atStart || at < 0;
        }
        if (words[wanted] == ANY) {
            for (int gap = 0; gap <= LONGEST_GAP && at - gap >= 0; gap++) {
                if (matches(wanted - 1, prompt, at - gap)) {
                    return true;
                }
            }
            return false;
        }
        return at >= 0 && prompt[at] == words[wanted] && matches(wanted - 1, prompt, at - 1);
    }
}
