package io.stillwatch.profile.feature;

import io.stillwatch.profile.EntityType;
import io.stillwatch.profile.Part;
import io.stillwatch.profile.StrandedProfile;
import java.time.Duration;
import java.util.Optional;

/** The profiles of one entity over windows that end together. */
public interface WindowedProfiles {
    /** Whose they are: signatures of other entities do not read them. */
    default String entity() {
        return EntityType.ACCOUNT;
    }

    /** Requests in a window; cheap, so that no profile is made of a window with too few. */
    long requests(Duration window);

    /** The profile over a window; not to be changed. */
    StrandedProfile profile(Duration window);

    /** A part of the profile over a window with what it can be compared with; empty when there are no such requests. */
    default Optional<Subject> subject(Duration window, Part part) {
        return part.of(profile(window)).map(Subject::alone);
    }

    /** Event time at which a window starts, inclusive; milliseconds since 1970. */
    long startMs(Duration window);

    /** Event time at which all windows end, exclusive; milliseconds since 1970. */
    long endMs();
}
