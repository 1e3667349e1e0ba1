package io.stillwatch.metrics;

/**
 * What one task of the pipeline holds, as it says itself once a second. Written by the task's thread, read by whoever asks
 * for the metrics.
 */
public final class TaskSample {
    /** Where no time is known yet. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private volatile long clockMs = NO_TIME;
    private volatile long accounts;
    private volatile long panes;
    private volatile long cachedAccounts;
    private volatile long cacheBytes;
    private volatile long campaigns;
    private volatile long members;
    private volatile long linkedAccounts;

    TaskSample() {}

    /**
     * Tells of a partition's accounts.
     *
     * @param nowMs the partition's event time, milliseconds since 1970; {@link #NO_TIME} where it has none
     */
    public void accounts(long nowMs, long known, long closedPanes, long cached, long bytes) {
        clockMs = nowMs;
        accounts = known;
        panes = closedPanes;
        cachedAccounts = cached;
        cacheBytes = bytes;
    }

    /** Tells of campaigns. */
    public void campaigns(long known, long inThem, long looked) {
        campaigns = known;
        members = inThem;
        linkedAccounts = looked;
    }

    long clockMs() {
        return clockMs;
    }

    long accounts() {
        return accounts;
    }

    long panes() {
        return panes;
    }

    long cachedAccounts() {
        return cachedAccounts;
    }

    long cacheBytes() {
        return cacheBytes;
    }

    long campaigns() {
        return campaigns;
    }

    long members() {
        return members;
    }

    long linkedAccounts() {
        return linkedAccounts;
    }
}
