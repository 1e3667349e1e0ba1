package io.stillwatch.fingerprint;

/** Keys of a skeleton's opening and closing, which the fills of one template share. */
final class TemplateKey {
    private static final int KEY_WORDS = 3;
    private static final int LONGEST_LABEL = 14;

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
