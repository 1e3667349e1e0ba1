package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.feature.Feature;
import io.stillwatch.profile.feature.Features;
import io.stillwatch.text.Figures;
import java.time.Duration;
import java.util.Optional;

/**
 * How much an account may do, and until when, for an enrolment to vouch for it.
 *
 * @param requestsADay expected at most; above 0
 * @param endUsers expected at most; 0 where none are agreed on
 * @param expiresMs when it lapses, by event time; milliseconds since 1970
 */
public record Terms(long requestsADay, long endUsers, long expiresMs) {
    /** What is agreed on is an expectation, and half as much again is no breach of it. */
    private static final double SLACK = 1.5;

    private static final Feature END_USERS =
            Features.named("distinct_end_users").orElseThrow();

    private static final double DAY_MS = (double) Duration.ofDays(1).toMillis();

    public Terms {
        check(requestsADay, endUsers);
    }

    /** @throws BaselineException when there can be no such terms */
    static void check(long requestsADay, long endUsers) {
        if (requestsADay <= 0 || endUsers < 0) {
            throw new BaselineException("an enrolment needs requests a day above 0, and end users of 0 or more");
        }
    }

    /**
     * Why they vouch for nothing of what an account sent; empty where they do.
     *
     * @param whole all of the account's requests of a window
     */
    public Optional<String> breach(Profile whole) {
        if (whole.lastEventMs().orElse(0) >= expiresMs) {
            return Optional.of("it has lapsed");
        }
        double days = Math.max(
                1, (whole.lastEventMs().orElse(0) - whole.firstEventMs().orElse(0)) / DAY_MS);
        double aDay = whole.requests() / days;
        if (aDay > SLACK * requestsADay) {
            return Optional.of(Figures.counted(Math.round(aDay), "request") + " a day are more than the "
                    + Figures.count(requestsADay) + " agreed on");
        }
        double users = END_USERS.of(whole);
        return endUsers > 0 && users > SLACK * endUsers
                ? Optional.of(Figures.counted(Math.round(users), "end user") + " are more than the "
                        + Figures.count(endUsers) + " agreed on")
                : Optional.empty();
    }
}
