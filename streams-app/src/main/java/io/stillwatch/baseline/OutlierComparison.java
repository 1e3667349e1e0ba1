package io.stillwatch.baseline;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.feature.Comparisons;
import io.stillwatch.profile.sketch.PromptMean;
import io.stillwatch.text.Figures;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An account's {@linkplain Outliers outliers} beside its own past: as numbers, and in clauses. */
final class OutlierComparison {
    /** Requests that write or need a program are asked of products, too: their share is a number of its own. */
    private static final List<Marker> SOUGHT = Habits.TAUGHT.stream()
            .filter(marker -> marker != Marker.WRITES_CODE)
            .toList();

    private static final double TOLD = 0.03;
    private static final int MOST_TOLD = 3;

    private final Outliers run;
    private final OutlierSample sample;
    private final OwnBaseline past;
    private final long nowMs;

    OutlierComparison(Reference.Change change) {
        this.run = change.outliers();
        this.sample = run.sample();
        this.past = change.before();
        this.nowMs = change.after().lastEventMs().orElse(run.sinceMs());
    }

    /** A number; NaN where the kind is none of these, or nothing is known. */
    double get(Comparisons.Kind kind, Optional<Mixture> atoms) {
        return switch (kind) {
            case OUTLIER_EVIDENCE -> run.evidence();
            case OUTLIERS -> sample.outliers();
            case OUTLIER_SHARE -> run.isEmpty() ? Double.NaN : (double) run.outliers() / run.requests();
            case OUTLIER_AGE -> run.isEmpty() ? Double.NaN : Math.max(0, nowMs - run.sinceMs()) / 3_600_000.0;
            case OUTLIER_KITS -> kits(atoms);
            case OUTLIER_SOUGHT -> SOUGHT.stream().mapToDouble(this::rise).sum();
            case OUTLIER_CODE -> rise(Marker.WRITES_CODE);
            case OUTLIER_ANSWERS ->
                past.habits().answerTokens() > 0
                        ? sample.answerTokens() / past.habits().answerTokens()
                        : Double.NaN;
            default -> Double.NaN;
        };
    }

    private double kits(Optional<Mixture> atoms) {
        Optional<PromptMean> mean = sample.mean();
        return mean.isEmpty() || atoms.isEmpty()
                ? Double.NaN
                : atoms.get().beside(past, mean.get()).kits();
    }

    private double rise(Marker marker) {
        double share = sample.share(marker);
        return Double.isNaN(share)
                ? Double.NaN
                : Math.max(0, share - past.habits().share(marker));
    }

    /** What a feature says of this account; empty where its value says it all. */
    Optional<String> words(String feature) {
        if (run.isEmpty()) {
            return Optional.empty();
        }
        return switch (feature) {
            case "outlier_share" ->
                Optional.of(Figures.share(rounded((double) run.outliers() / run.requests()))
                        + " of its " + Figures.counted(run.requests(), "request") + " since "
                        + Figures.minute(run.sinceMs()) + " are such as it hardly sent before ("
                        + Figures.share(rounded(OutlierRule.usualShare(past.habits()))) + ")");
            case "outlier_sought" -> asked();
            case "outlier_answers" ->
                Double.isNaN(sample.answerTokens()) || past.habits().answerTokens() <= 0
                        ? Optional.empty()
                        : Optional.of(
                                "their answers have " + Figures.counted(Math.round(sample.answerTokens()), "token")
                                        + " on average ("
                                        + Figures.count(Math.round(past.habits().answerTokens()))
                                        + " before)");
            default -> Optional.empty();
        };
    }

    private Optional<String> asked() {
        String told = SOUGHT.stream()
                .filter(marker -> rise(marker) >= TOLD)
                .sorted(Comparator.comparingDouble((Marker marker) -> -rise(marker)))
                .limit(MOST_TOLD)
                .map(marker -> Figures.share(rounded(sample.share(marker))) + " " + TurnWords.plural(marker) + " ("
                        + Figures.share(rounded(past.habits().share(marker))) + " before)")
                .collect(Collectors.joining(", "));
        return told.isEmpty() ? Optional.empty() : Optional.of("of these, " + told);
    }

    private static double rounded(double share) {
        return Math.rint(share * 100) / 100;
    }
}
