package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.SHARE;

import io.stillwatch.profile.Count;
import io.stillwatch.profile.Sum;

/** What the declarations of features have in common: ranges, sources, and the simplest formulas. */
final class Formulas {
    static final String UNIT_RANGE = "[0, 1]";
    static final String NON_NEGATIVE = "[0, ∞)";
    static final String DEFINITION = "definition";
    static final String QUANTILE = "Nearest rank (Hyndman and Fan 1996, type 1) on a histogram";
    static final String DISTINCT = "UltraLogLog (Ertl 2023, arXiv 2308.16862), maximum likelihood";
    static final String SAMPLED = "Bottom-k sample (Cohen and Kaplan 2007)";
    static final String SIMPSON = "Simpson 1949; AMS sketch (Alon, Matias, Szegedy 1996)";

    private Formulas() {}

    static Feature sum(String name, FeatureUnit unit, Sum sum, String meaning, String clause) {
        return Feature.ofProfile(name, unit, NON_NEGATIVE, meaning, DEFINITION, clause, profile -> profile.sum(sum));
    }

    static Feature share(String name, Count count, String meaning, String clause) {
        return Feature.ofProfile(
                name,
                SHARE,
                UNIT_RANGE,
                meaning,
                DEFINITION,
                clause,
                profile -> ratio(profile.count(count), profile.requests()));
    }

    static double ratio(long part, long whole) {
        return ratio((double) part, whole);
    }

    static double ratio(double part, long whole) {
        return whole == 0 ? Double.NaN : part / (double) whole;
    }
}
