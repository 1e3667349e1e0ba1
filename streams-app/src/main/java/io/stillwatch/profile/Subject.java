package io.stillwatch.profile;

/** What features are read from: a profile, and what it can be compared with. */
public record Subject(Profile profile, Comparisons comparisons) {
    /** A profile alone. */
    public static Subject alone(Profile profile) {
        return new Subject(profile, Comparisons.NONE);
    }
}
