package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;

/**
 * What an account sent in a stretch of its time, as fine as that is still known.
 *
 * @param startMs milliseconds since 1970, inclusive
 * @param isDay whether it is a day (UTC) rather than an hour
 * @param profile not to be changed
 */
public record Stretch(long startMs, boolean isDay, Profile profile) {}
