package io.stillwatch.profile;

import java.util.Optional;

/**
 * What features are read from: a profile, what it can be compared with, and the entity's whole profile when the first is
 * one strand of it.
 *
 * @param account the profile of all requests over the same window; empty when {@code profile} is that already
 */
public record Subject(Profile profile, Comparisons comparisons, Optional<StrandedProfile> account) {
    /** All requests, with what they can be compared with. */
    public Subject(Profile profile, Comparisons comparisons) {
        this(profile, comparisons, Optional.empty());
    }

    /** A profile alone. */
    public static Subject alone(Profile profile) {
        return new Subject(profile, Comparisons.NONE);
    }

    /** The same as a part of an account's requests. */
    public Subject partOf(StrandedProfile whole) {
        return new Subject(profile, comparisons, Optional.of(whole));
    }

    /** The profile of all the entity's requests. */
    Profile whole() {
        return account.map(StrandedProfile::whole).orElse(profile);
    }
}
