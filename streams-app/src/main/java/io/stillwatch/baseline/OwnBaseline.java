package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.PromptMean;
import io.stillwatch.profile.StateReader;
import io.stillwatch.profile.StateWriter;
import java.time.Duration;
import java.util.Optional;

/**
 * An account's own past: the mean of its first prompts, frozen once there are {@value #LEAST_PROMPTS} of them over 24
 * hours, and never again. A baseline that follows the account could be led anywhere in small steps.
 *
 * @param mean of the account's first prompts
 * @param untilHour last hour whose prompts are in it; hours since 1970
 */
public record OwnBaseline(PromptMean mean, long untilHour) {
    /** Prompts that it takes. */
    public static final int LEAST_PROMPTS = 200;

    /** Event time that the prompts must span. */
    public static final Duration LEAST_SPAN = Duration.ofHours(24);

    /** Later prompts that it takes to be compared. */
    public static final int LEAST_LATER = 100;

    /**
     * Freezes the prompts of a profile when there are enough of them.
     *
     * @param sofar all that is known of the account up to the hour
     */
    public static Optional<OwnBaseline> of(Profile sofar, long hour) {
        boolean spans = sofar.requests() > 0
                && sofar.lastEventMs().getAsLong() - sofar.firstEventMs().getAsLong() >= LEAST_SPAN.toMillis();
        return spans
                ? sofar.promptMean()
                        .filter(mean -> mean.prompts() >= LEAST_PROMPTS)
                        .map(mean -> new OwnBaseline(mean, hour))
                : Optional.empty();
    }

    public void write(StateWriter out) {
        out.writeSigned(untilHour);
        mean.write(out);
    }

    public static OwnBaseline read(StateReader in) {
        long untilHour = in.readSigned();
        return new OwnBaseline(PromptMean.read(in), untilHour);
    }
}
