package io.stillwatch.signature;

import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.profile.feature.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Feature values by name, as conditions and scores read them. */
@FunctionalInterface
public interface FeatureValues {
    /**
     * The value of a feature.
     *
     * @return NaN when the feature has no value
     * @throws IllegalArgumentException when there is no such feature
     */
    double get(String feature);

    /** What the feature says of this very entity, as a clause; empty where its value says it all. */
    default Optional<String> words(String feature) {
        return Optional.empty();
    }

    /** Reads features, and quantiles of features by {@link Quantiles#PREFIX}, each once and on demand. For one thread. */
    static FeatureValues of(Subject subject) {
        return new FeatureValues() {
            private final Map<String, Double> known = new HashMap<>();

            @Override
            public double get(String feature) {
                return known.computeIfAbsent(feature, wanted -> read(subject, wanted));
            }

            @Override
            public Optional<String> words(String feature) {
                return subject.comparisons().words(feature);
            }
        };
    }

    private static double read(Subject subject, String name) {
        if (name.startsWith(Quantiles.PREFIX)) {
            Feature feature = feature(name.substring(Quantiles.PREFIX.length()));
            return subject.comparisons().quantile(feature, feature.of(subject));
        }
        return feature(name).of(subject);
    }

    /** The feature that a name stands for. */
    static Feature feature(String name) {
        return Features.named(name).orElseThrow(() -> new IllegalArgumentException("there is no feature " + name));
    }
}
