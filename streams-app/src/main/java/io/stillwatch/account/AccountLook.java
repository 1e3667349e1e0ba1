package io.stillwatch.account;

import io.stillwatch.baseline.OwnBaseline;
import io.stillwatch.baseline.Reference;
import java.time.Duration;

/**
 * When an account is looked at, and what a look sees: when the requests of its day window have grown by a quarter since the
 * last look, and when its pane closes.
 */
public final class AccountLook {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int FIRST_STEP = 16;
    private static final int STEP_DIVISOR = 4;

    private final PaneTimeline timeline;
    private final ActiveAccounts active;
    private final int partitions;

    /**
     * Looks at the accounts of a partition.
     *
     * @param active how many of them are active
     * @param partitions that there are; accounts are spread over them evenly
     */
    public AccountLook(PaneTimeline timeline, ActiveAccounts active, int partitions) {
        this.timeline = timeline;
        this.active = active;
        this.partitions = partitions;
    }

    /** Requests in the day that ends with an hour. */
    private static long dayRequests(AccountEntry entry, long hour) {
        return entry.state.hours.requests(hour - DAY.toHours() + 1, hour);
    }

    /** Whether the day that ends with an hour has grown enough for another look. */
    static boolean isDue(AccountEntry entry, long hour) {
        return dayRequests(entry, hour) >= Math.max(FIRST_STEP, entry.state.nextStep);
    }

    /** Whether the day that ends with an hour has enough requests for its profile to be shown. */
    public static boolean isTelling(AccountEntry entry, long hour) {
        return dayRequests(entry, hour) >= FIRST_STEP;
    }

    /** Takes in that an account was looked at, as of an hour. */
    static void looked(AccountEntry entry, long hour) {
        long requests = dayRequests(entry, hour);
        entry.state.nextStep = requests + Math.max(FIRST_STEP / 2, requests / STEP_DIVISOR);
        entry.state.changedSinceEvaluation = false;
    }

    /** The account's windows that end with an hour. */
    public AccountWindows windows(AccountEntry entry, long hour, Reference reference) {
        return new AccountWindows(timeline, active, partitions, entry, hour, reference);
    }

    /**
     * Freezes the account's own baseline, once, if there are enough prompts up to an hour. Not while an alert is open: what
     * may be a harvest must not become the measure of the account.
     */
    void freezeBaseline(AccountEntry entry, long hour) {
        AccountState state = entry.state;
        if (state.own.isEmpty()
                && state.alerts.open().isEmpty()
                && state.requests >= OwnBaseline.LEAST_PROMPTS
                && state.clockMs - state.firstEventMs >= OwnBaseline.LEAST_SPAN.toMillis()) {
            state.own = OwnBaseline.of(timeline.panes(entry, hour), hour);
        }
    }
}
