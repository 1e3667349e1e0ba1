package io.stillwatch.profile.feature;

import io.stillwatch.profile.Profile;
import java.util.function.ToDoubleFunction;

/**
 * A number read from a profile.
 *
 * @param name how signatures, alerts and {@code features.md} call it
 * @param unit unit of the value
 * @param range the possible values, as interval notation
 * @param meaning what the number says, one sentence
 * @param source where the formula comes from: a paper, or that the meaning defines it
 * @param clause the same for an alert's explanation; {@code {}} stands for the printed value
 * @param formula reads it; a feature that has no value yet (too few requests) reads as NaN, with which every
 *     comparison is false
 */
public record Feature(
        String name,
        FeatureUnit unit,
        String range,
        String meaning,
        String source,
        String clause,
        ToDoubleFunction<Subject> formula) {

    /** A feature that a profile alone gives. */
    static Feature ofProfile(
            String name,
            FeatureUnit unit,
            String range,
            String meaning,
            String source,
            String clause,
            ToDoubleFunction<Profile> formula) {
        return new Feature(
                name, unit, range, meaning, source, clause, subject -> formula.applyAsDouble(subject.profile()));
    }

    /** Reads the feature's value. */
    public double of(Subject subject) {
        return formula.applyAsDouble(subject);
    }

    /** Reads the feature's value from a profile with nothing to compare it with. */
    public double of(Profile profile) {
        return of(Subject.alone(profile));
    }
}
