package io.stillwatch.signature;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.Subject;
import java.time.Duration;

/** The profiles of one entity over windows that end together. */
public interface WindowedProfiles {
    /** Requests in a window; cheap, so that no profile is made of a window with too few. */
    long requests(Duration window);

    /** The profile over a window; not to be changed. */
    Profile profile(Duration window);

    /** The profile over a window with what it can be compared with. */
    default Subject subject(Duration window) {
        return Subject.alone(profile(window));
    }

    /** Event time at which a window starts, inclusive; milliseconds since 1970. */
    long startMs(Duration window);

    /** Event time at which all windows end, exclusive; milliseconds since 1970. */
    long endMs();
}
