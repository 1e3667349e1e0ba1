package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.feature.Bar;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How strongly each signature has to hold on this traffic, beyond its own condition. A signature that is not named has to
 * hold, and no more; none can be made to speak sooner than its condition says.
 *
 * @param budget what they were set for; empty when nobody asked
 * @param bySignature bars by signature id
 */
public record Bars(Optional<ErrorBudget> budget, SortedMap<String, OfSignature> bySignature) {
    /** None. */
    public static final Bars NONE = new Bars(Optional.empty(), new TreeMap<>());

    public Bars {
        bySignature = Collections.unmodifiableSortedMap(new TreeMap<>(bySignature));
    }

    /**
     * The bars of one signature.
     *
     * @param version of the signature; margins and scores of another version mean something else, so it has no bar
     * @param measure what the bars are put to
     * @param others the bar for cohorts that have none of their own
     * @param cohorts the bars of cohorts with enough accounts to have one
     */
    public record OfSignature(int version, Bar.Measure measure, double others, Map<Cohort, Double> cohorts) {
        public OfSignature {
            cohorts = Map.copyOf(cohorts);
        }

        /** The bar for an account of a cohort. */
        Bar of(Cohort cohort) {
            return new Bar(measure, cohorts.getOrDefault(cohort, others));
        }
    }

    /** The bar of a signature for what it reads; empty when it has none. */
    Optional<Bar> of(String signature, int version, Profile profile) {
        OfSignature bars = bySignature.get(signature);
        return bars == null || bars.version() != version ? Optional.empty() : Optional.of(bars.of(Cohort.of(profile)));
    }
}
