package io.stillwatch.simulate;

import java.util.Collection;
import java.util.Optional;

/** The known word that was probably meant. */
final class Nearest {
    private Nearest() {}

    /** The word within three edits of what was written, if any. */
    static Optional<String> to(String written, Collection<String> known) {
        String best = null;
        int least = 4;
        for (String word : known) {
            int edits = edits(written, word);
            if (edits < least) {
                least = edits;
                best = word;
            }
        }
        return Optional.ofNullable(best);
    }

    private static int edits(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(change, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
