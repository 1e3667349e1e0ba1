package io.stillwatch.baseline;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The accounts that values were compared with. An alert keeps how its values rank and not among whom; that can be
 * told from the baseline, as values rank otherwise in each cohort. Where several cohorts give the same ranks, as with
 * values higher than anybody's, any of them may have been meant.
 */
public final class Peers {
    private static final double SAME = 1e-9;

    private final Baseline baseline;
    private final List<Cohort> cohorts;

    /**
     * A value and its rank.
     *
     * @param feature name of the feature
     * @param quantile share of the cohort's account-days that have at most the value, 0 to 1
     */
    public record Ranked(String feature, double value, double quantile) {}

    private Peers(Baseline baseline, List<Cohort> cohorts) {
        this.baseline = baseline;
        this.cohorts = cohorts;
    }

    /**
     * Those that give values these ranks; none where the ranks are of another baseline.
     *
     * @param requests in the window; of several cohorts the one with that volume was meant
     */
    public static Peers of(Baseline baseline, long requests, Collection<Ranked> values) {
        List<Cohort> fitting = values.isEmpty()
                ? List.of()
                : Cohort.all().stream()
                        .filter(cohort -> values.stream().allMatch(value -> fits(baseline, cohort, value)))
                        .toList();
        List<Cohort> ofVolume = fitting.stream()
                .filter(cohort -> cohort.volume() == Cohort.Volume.of(requests))
                .toList();
        return new Peers(baseline, ofVolume.isEmpty() ? fitting : ofVolume);
    }

    private static boolean fits(Baseline baseline, Cohort cohort, Ranked value) {
        QuantileTable table = baseline.cohorts().getOrDefault(cohort, Map.of()).get(value.feature());
        return table != null && Math.abs(table.shareAtMost(value.value()) - value.quantile()) < SAME;
    }

    /** What is usual of a feature among them; empty where that is not known. */
    public Optional<Usual> usual(String feature) {
        return cohorts.stream()
                .flatMap(cohort ->
                        Optional.ofNullable(baseline.cohorts()
                                        .getOrDefault(cohort, Map.of())
                                        .get(feature))
                                .stream())
                .map(table -> new Usual(table.at(Usual.LOW), table.at(0.5), table.at(Usual.HIGH)))
                .reduce(Usual::or);
    }

    /** Who they are, for people; empty where that is not known. */
    public Optional<String> words() {
        return cohorts.isEmpty()
                ? Optional.empty()
                : Optional.of(cohorts.stream().map(Cohort::words).collect(Collectors.joining(", or ")));
    }
}
