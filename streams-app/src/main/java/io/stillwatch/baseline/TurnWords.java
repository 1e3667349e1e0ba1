package io.stillwatch.baseline;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.text.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A turn in clauses: since when, how much of the traffic, and what of it is new beside what was before. */
final class TurnWords {
    /** A share that moved by less is not worth telling. */
    private static final double TOLD = 0.1;

    private static final double TOLD_ASKED = 0.03;
    private static final int MOST_TOLD = 3;
    private static final int DAY_LENGTH = 10;

    private final Turn turn;
    private final Habits now;

    TurnWords(Turn turn) {
        this.turn = turn;
        this.now = Habits.of(turn.after());
    }

    Habits now() {
        return now;
    }

    private Habits before() {
        return turn.before().habits();
    }

    String since() {
        String minute = Figures.minute(turn.since().startMs());
        return "since " + (turn.since().isDay() ? minute.substring(0, DAY_LENGTH) : minute);
    }

    static String newShare(double share) {
        return "up to about " + Figures.share(rounded(share)) + " of the prompts are not what it asked before";
    }

    static String kits(double before, double after) {
        return Figures.share(rounded(after)) + " like known harvesting kits (" + Figures.share(rounded(before))
                + " before)";
    }

    /** What is asked for more often; empty where nothing is. */
    Optional<String> asked() {
        return listed(Habits.ASKED.stream()
                .filter(marker -> now.share(marker) - before().share(marker) >= TOLD_ASKED)
                .sorted(Comparator.comparingDouble((Marker marker) -> before().share(marker) - now.share(marker)))
                .map(marker -> told(now.share(marker), before().share(marker), plural(marker))));
    }

    /** The form of the requests that is another; empty where none is. */
    Optional<String> form() {
        return listed(Arrays.stream(Trait.values())
                .filter(trait -> Math.abs(now.share(trait) - before().share(trait)) >= TOLD)
                .sorted(Comparator.comparingDouble(
                        (Trait trait) -> -Math.abs(now.share(trait) - before().share(trait))))
                .map(trait -> told(now.share(trait), before().share(trait), trait.words())));
    }

    Optional<String> answers() {
        return Double.isNaN(now.growth(before()))
                ? Optional.empty()
                : Optional.of("answers of " + Figures.counted(Math.round(now.answerTokens()), "token") + " on average ("
                        + Figures.count(Math.round(before().answerTokens())) + " before)");
    }

    String people() {
        return "evidence of people behind it " + Figures.number(tenth(now.people())) + " ("
                + Figures.number(tenth(before().people())) + " before)";
    }

    private static Optional<String> listed(Stream<String> clauses) {
        List<String> told = new ArrayList<>(clauses.limit(MOST_TOLD).toList());
        return told.isEmpty() ? Optional.empty() : Optional.of(told.stream().collect(Collectors.joining(", ")));
    }

    private static String told(double now, double before, String words) {
        return Figures.share(rounded(now)) + " " + words + " (" + Figures.share(rounded(before)) + " before)";
    }

    /** "asks for code" of a share is "ask for code". */
    static String plural(Marker marker) {
        return marker.meaning().replaceFirst("^(\\p{L}+)s\\b", "$1");
    }

    /** What was read from a sample is told in whole percent. */
    private static double rounded(double share) {
        return Math.rint(share * 100) / 100;
    }

    private static double tenth(double value) {
        return Math.rint(value * 10) / 10;
    }
}
