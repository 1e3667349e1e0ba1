package io.stillwatch.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What somebody probably meant who wrote something that there is not: the known word with the fewest changes. */
public final class Suggestion {
    private static final int LONGEST_COMPARED = 100;

    private Suggestion() {}

    /** The known word that was misspelt: at most a third of its letters, or three, differ; the first of several. */
    public static Optional<String> word(String written, Collection<String> known) {
        int most = Math.max(3, written.length() / 3);
        return nearest(written, known, most, Suggestion::changes);
    }

    /** The id that begins as asked, or else the one with the fewest changes, where they are a quarter at most. */
    public static Optional<String> id(String asked, Collection<String> ids) {
        int most = Math.max(1, asked.length() / 4);
        return nearest(asked, ids.stream().sorted().toList(), most, Suggestion::changesOfBeginning);
    }

    /** How many letters differ between two texts. */
    private interface Distance {
        int between(String asked, String known);
    }

    private static Optional<String> nearest(String asked, Collection<String> known, int most, Distance distance) {
        record Candidate(String text, int changes) {}
        if (asked.length() > LONGEST_COMPARED || asked.isBlank()) {
            return Optional.empty();
        }
        return known.stream()
                .map(text -> new Candidate(text, distance.between(asked, text)))
                .filter(candidate -> candidate.changes() <= most)
                .min(Comparator.comparingInt(Candidate::changes))
                .map(Candidate::text);
    }

    private static int changes(String asked, String known) {
        return changesOfBeginnings(asked, known)[known.length()];
    }

    /** Changes not counting what is missing at the end. */
    private static int changesOfBeginning(String asked, String known) {
        int fewest = Integer.MAX_VALUE;
        for (int changes : changesOfBeginnings(asked, known)) {
            fewest = Math.min(fewest, changes);
        }
        return fewest;
    }

    /** Letters to insert, take away or replace (Levenshtein) to get each beginning of the known text. */
    private static int[] changesOfBeginnings(String asked, String known) {
        int[] row = new int[known.length() + 1];
        for (int column = 0; column <= known.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= asked.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= known.length(); column++) {
                int above = row[column];
                int replaced = diagonal + (asked.charAt(line - 1) == known.charAt(column - 1) ? 0 : 1);
                row[column] = Math.min(replaced, Math.min(above, row[column - 1]) + 1);
                diagonal = above;
            }
        }
        return row;
    }
}
