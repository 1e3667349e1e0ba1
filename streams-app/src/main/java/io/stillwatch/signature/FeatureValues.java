package io.stillwatch.signature;

import io.stillwatch.profile.Feature;
import io.stillwatch.profile.Features;
import io.stillwatch.profile.Profile;

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

    /** Reads features from a profile on demand. */
    static FeatureValues of(Profile profile) {
        return name -> Features.named(name)
                .map(feature -> feature.of(profile))
                .orElseThrow(() -> new IllegalArgumentException("there is no feature " + name));
    }

    /** The feature that a name stands for. */
    static Feature feature(String name) {
        return Features.named(name).orElseThrow(() -> new IllegalArgumentException("there is no feature " + name));
    }
}
