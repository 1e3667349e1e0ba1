package io.stillwatch.fingerprint;

/**
 * Keys that the fills of one template share and those of two templates do not: locality-sensitive hashes of a skeleton's
 * opening and closing.
 *
 * <p>A template is fixed words and slots, and most begin or end with fixed words. The opening's key covers the first
 * line, or what comes before the first colon, when that is a label of at most {@value #LONGEST_LABEL} words, and else the
 * first {@value #KEY_WORDS} words; the closing's key likewise. A longer line is cut because it often holds a slot; with
 * fewer words, ordinary prompts of one person would share keys. Numbers, names, quotations, addresses and code count as
 * one mark each.
 *
 * <p>Measured on 59 templates of instruction sets and 31 of classification jobs: two fills of one template share at least
 * one of the two keys with probability 0.83 and 1.00, fills of two templates with 0.005 and 0.025 (many of these templates
 * differ in a word or two). Min-hashes of the shingles in the first and last 8 to 20 words, the textbook choice, reached
 * 0.31 to 0.60 and 0.28 to 0.85: a slot within the words looked at spoils a random shingle more often than the outermost
 * words.
 */
final class TemplateKey {
    private static final int KEY_WORDS = 4;
    private static final int LONGEST_LABEL = 5;

    private TemplateKey() {}

    /**
     * Key of the opening.
     *
     * @param skeleton hashes of words and masks
     * @param breakAfter whether a line or label ends after a word
     * @param count number of words
     * @return 0 when there are no words
     */
    static long head(long[] skeleton, boolean[] breakAfter, int count) {
        int end = Math.min(count, KEY_WORDS);
        for (int at = 0; at < Math.min(count - 1, LONGEST_LABEL); at++) {
            if (breakAfter[at]) {
                end = at + 1;
                break;
            }
        }
        return key(skeleton, 0, end);
    }

    /** Key of the closing; parameters and result as for {@link #head}. */
    static long tail(long[] skeleton, boolean[] breakAfter, int count) {
        int start = Math.max(0, count - KEY_WORDS);
        for (int at = count - 2; at >= Math.max(0, count - 1 - LONGEST_LABEL); at--) {
            if (breakAfter[at]) {
                start = at + 1;
                break;
            }
        }
        return key(skeleton, start, count);
    }

    private static long key(long[] skeleton, int from, int to) {
        if (from >= to) {
            return 0;
        }
        long running = Hash64.EMPTY;
        for (int at = from; at < to; at++) {
            running = Hash64.append(running, skeleton[at]);
        }
        return Hash64.finish(running);
    }
}
