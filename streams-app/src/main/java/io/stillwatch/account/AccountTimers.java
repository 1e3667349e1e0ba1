package io.stillwatch.account;

import java.time.Duration;

/**
 * When an account that sends nothing more is looked at again, in minutes of the partition's clock; {@link
 * AccountState#NO_TIMER} for never.
 *
 * <p>Time passes for an account as it does for others, but one whose log comes late is behind by as much as at its newest
 * event. Each is due an hour or more after its reason, so that an account whose events come late is not closed early, and
 * spread over a quarter of an hour by the account's hash, so that the end of an hour is not everybody's.
 */
final class AccountTimers {
    private static final long MINUTES_AN_HOUR = 60;
    private static final long HOURS_A_DAY = 24;
    private static final long PATIENCE_MINUTES = 60;
    private static final int SPREAD_MINUTES = 15;

    /** Hours after a day's end from which on its hours may become a day pane: what the grace lets in is there. */
    static final long ROLL_DELAY_HOURS = 2;

    private final long daysKeptMinutes;

    /** @param daysKept after which nothing of an account is in any window */
    AccountTimers(Duration daysKept) {
        this.daysKeptMinutes = daysKept.toMinutes();
    }

    /** How far behind the partition's clock the account's own was when its newest event came, if that is more than an hour. */
    static long lagMinutes(AccountEntry entry) {
        long lag = EventTime.minuteOf(entry.state.arrivedMs) - EventTime.minuteOf(entry.state.clockMs);
        return lag > PATIENCE_MINUTES ? lag : 0;
    }

    private static long later(AccountEntry entry, long minute) {
        return Math.max(minute + lagMinutes(entry), EventTime.minuteOf(entry.state.arrivedMs))
                + PATIENCE_MINUTES
                + Long.remainderUnsigned(entry.hash, SPREAD_MINUTES);
    }

    /** The pane that was written to since the last look is over. */
    long paneCloses(AccountEntry entry) {
        return entry.state.changedSinceEvaluation
                ? later(entry, (entry.state.currentHour + 1) * MINUTES_AN_HOUR)
                : AccountState.NO_TIMER;
    }

    /**
     * An open alert has been quiet for long enough. Not while there are requests that nobody has looked at: they may be
     * why it stays open.
     *
     * @param quietMinute from which on it is
     */
    long alertCloses(AccountEntry entry, long quietMinute) {
        return quietMinute == AccountState.NO_TIMER || entry.state.changedSinceEvaluation
                ? AccountState.NO_TIMER
                : later(entry, quietMinute);
    }

    /** A day is over whose hours are to become a day pane. */
    long dayRolls(AccountEntry entry) {
        AccountState state = entry.state;
        long unrolled = state.hours.firstFrom(PaneTimeline.firstUnrolledHour(entry));
        return unrolled == PaneIndex.NOWHERE
                ? AccountState.NO_TIMER
                : later(entry, ((EventTime.dayOf(unrolled) + 1) * HOURS_A_DAY + ROLL_DELAY_HOURS) * MINUTES_AN_HOUR);
    }

    /**
     * Nothing is left in any window. That of an account which ran ahead of all others is as long again after they have
     * reached it, but not for ever, as a stamp that is years ahead would be.
     */
    long expires(AccountEntry entry) {
        long arrived = EventTime.minuteOf(entry.state.arrivedMs);
        long ownOrMost = Math.min(EventTime.minuteOf(entry.state.clockMs), arrived + daysKeptMinutes);
        return later(entry, ownOrMost) + daysKeptMinutes;
    }
}
