package io.stillwatch.account;

/**
 * How far event time has come at the end of a log, for whoever feeds it: the newest stamp that two accounts have reached,
 * or two records where there is one account only, so one wrong stamp makes nobody's time pass. The last hour of an account
 * that is ahead of that is looked at all the same.
 */
public final class EndOfLog {
    private final PartitionClock clock = new PartitionClock();

    /** Takes in one event of the log; milliseconds since 1970. */
    public void observe(String account, long timeMs) {
        clock.observe(account, timeMs);
    }

    /** Milliseconds since 1970; meaningful once there was an event. */
    public long timeMs() {
        return clock.nowMs();
    }
}
