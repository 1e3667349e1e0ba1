package io.stillwatch.profile.feature;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.StrandedProfile;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What features are read from: a profile, what it can be compared with, and the wider profiles it is a part of.
 *
 * @param account the profile of all the entity's requests over the same window; empty when {@code profile} is that
 * @param week gives the profile of all the entity's requests of the week that ends with the window; empty when unknown
 */
public record Subject(
        Profile profile,
        Comparisons comparisons,
        Optional<StrandedProfile> account,
        Optional<Supplier<StrandedProfile>> week) {
    /** All requests, with what they can be compared with. */
    public Subject(Profile profile, Comparisons comparisons) {
        this(profile, comparisons, Optional.empty(), Optional.empty());
    }

    /** A profile alone. */
    public static Subject alone(Profile profile) {
        return new Subject(profile, Comparisons.NONE);
    }

    /** The same as a part of an account's requests. */
    public Subject partOf(StrandedProfile whole) {
        return new Subject(profile, comparisons, Optional.of(whole), week);
    }

    /** The same within a week. */
    public Subject within(Supplier<StrandedProfile> widerWeek) {
        return new Subject(profile, comparisons, account, Optional.of(widerWeek));
    }

    /** The profile of all the entity's requests over the window. */
    Profile whole() {
        return account.map(StrandedProfile::whole).orElse(profile);
    }
}
