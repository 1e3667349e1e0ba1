package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.profile.sketch.PromptMean;
import java.time.Duration;
import java.util.Optional;

/**
 * An account's own past: the mean of its first prompts and what they asked for, frozen once there are {@value #LEAST_PROMPTS} of them over 24
 * hours, and never again. A baseline that follows the account could be led anywhere in small steps.
 *
 * <p>It is kept in an earlier and a later part, as far apart as an account's prompts are that changes from day to day.
 *
 * @param earlier mean of the prompts of the first panes, at least {@value #LEAST_PART} prompts
 * @param later mean of the prompts of the other panes, at least as many
 * @param habits what the prompts asked for, and how long the answers were
 * @param untilHour last hour whose prompts are in it; hours since 1970
 */
public record OwnBaseline(PromptMean earlier, PromptMean later, Habits habits, long untilHour) {
    /** Prompts that it takes. */
    public static final int LEAST_PROMPTS = 200;

    /** Prompts that each part takes. */
    public static final int LEAST_PART = 50;

    /** Event time that the prompts must span. */
    public static final Duration LEAST_SPAN = Duration.ofHours(24);

    /** Later prompts that it takes to be compared. */
    public static final int LEAST_LATER = 100;

    /**
     * Freezes an account's prompts when there are enough of them.
     *
     * @param panes all that is known of the account up to the hour, in the order of time
     */
    public static Optional<OwnBaseline> of(Iterable<Profile> panes, long hour) {
        Profile whole = new Profile();
        panes.forEach(whole::merge);
        if (!suffices(whole)) {
            return Optional.empty();
        }
        long half = whole.promptMean().orElseThrow().prompts() / 2;
        Profile first = new Profile();
        Profile rest = new Profile();
        for (Profile pane : panes) {
            boolean early = first.promptMean().map(PromptMean::prompts).orElse(0L) < half
                    && rest.promptMean().isEmpty()
                    && !pane.lastEventMs().equals(whole.lastEventMs());
            (early ? first : rest).merge(pane);
        }
        return parts(first, rest, whole, hour);
    }

    private static boolean suffices(Profile sofar) {
        return sofar.requests() > 0
                && sofar.lastEventMs().getAsLong() - sofar.firstEventMs().getAsLong() >= LEAST_SPAN.toMillis()
                && sofar.promptMean()
                        .filter(mean -> mean.prompts() >= LEAST_PROMPTS)
                        .isPresent();
    }

    private static Optional<OwnBaseline> parts(Profile first, Profile rest, Profile whole, long hour) {
        Optional<PromptMean> earlier = first.promptMean().filter(mean -> mean.prompts() >= LEAST_PART);
        Optional<PromptMean> later = rest.promptMean().filter(mean -> mean.prompts() >= LEAST_PART);
        return earlier.flatMap(one -> later.map(other -> new OwnBaseline(one, other, Habits.of(whole), hour)))
                .map(OwnBaseline::asStored);
    }

    /** As coarse as it is stored, so that what is read again after a crash compares the same to the last bit. */
    OwnBaseline asStored() {
        StateWriter out = new StateWriter();
        write(out);
        return read(new StateReader(out.toByteArray()));
    }

    /** Mean of all its prompts. */
    public PromptMean mean() {
        return earlier.with(later);
    }

    public void write(StateWriter out) {
        out.writeSigned(untilHour);
        earlier.write(out);
        later.write(out);
        habits.write(out);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws io.stillwatch.profile.codec.CorruptStateException when it cannot be that
     */
    public static OwnBaseline read(StateReader in) {
        long untilHour = in.readSigned();
        PromptMean earlier = PromptMean.read(in);
        PromptMean later = PromptMean.read(in);
        return new OwnBaseline(earlier, later, Habits.read(in), untilHour);
    }
}
