package io.stillwatch.topology;

import io.stillwatch.fingerprint.Hash64;
import java.util.OptionalLong;

/**
 * When an account that sends nothing more is looked at again, in minutes of the partition's clock.
 *
 * <p>Each is due an hour or more after its reason, so that an account whose events come late is not closed early, and
 * spread over a quarter of an hour by the account's hash, so that the end of an hour is not everybody's.
 */
final class AccountTimers {
    private static final long MINUTES_AN_HOUR = 60;
    private static final long HOURS_A_DAY = 24;
    private static final long PATIENCE_MINUTES = 60;
    private static final int SPREAD_MINUTES = 15;

    private final PipelineOptions options;

    AccountTimers(PipelineOptions options) {
        this.options = options;
    }

    private static long patience(AccountEntry entry) {
        return PATIENCE_MINUTES + Long.remainderUnsigned(Hash64.of(entry.account), SPREAD_MINUTES);
    }

    private static long later(AccountEntry entry, long minute) {
        return Math.max(minute, EventTime.minuteOf(entry.state.arrivedMs)) + patience(entry);
    }

    /** The pane that was written to since the last look is over. */
    OptionalLong paneCloses(AccountEntry entry) {
        return entry.state.changedSinceEvaluation
                ? OptionalLong.of(later(entry, (entry.state.currentHour + 1) * MINUTES_AN_HOUR))
                : OptionalLong.empty();
    }

    /** A day is over whose hours are to become a day pane. */
    OptionalLong dayRolls(AccountEntry entry) {
        AccountState state = entry.state;
        OptionalLong unrolled = state.hours.firstFrom(
                state.rolledBefore == Long.MIN_VALUE ? Long.MIN_VALUE : state.rolledBefore * HOURS_A_DAY);
        return unrolled.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(later(
                        entry,
                        ((EventTime.dayOf(unrolled.getAsLong()) + 1) * HOURS_A_DAY + ROLL_DELAY_HOURS)
                                * MINUTES_AN_HOUR));
    }

    /** Hours after a day's end from which on its hours may become a day pane: what the grace lets in is there. */
    static final long ROLL_DELAY_HOURS = 2;

    /** Nothing is left in any window. */
    OptionalLong expires(AccountEntry entry) {
        return OptionalLong.of(later(entry, EventTime.minuteOf(entry.state.arrivedMs))
                + options.daysKept().toMinutes());
    }
}
