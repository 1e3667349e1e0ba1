package io.stillwatch.topology.state;

/**
 * When to ask for a commit before the interval is over: where an alert that opens waits to be seen, or where no more records
 * come.
 *
 * <p>A commit writes every account that changed since the one before, so the fewer there are the fewer times a busy
 * account is written. What must not wait for that asks {@link #due} now and then. Only how soon something is seen depends
 * on it, never what.
 */
public final class EarlyCommit {
    private boolean urgent;
    private boolean busy;

    /** Takes notice of a record. */
    public void processed() {
        busy = true;
    }

    /** Something was published that somebody waits for. */
    public void published() {
        urgent = true;
    }

    /**
     * Whether to commit; asked at even intervals.
     *
     * @param unwritten whether there is anything that a commit would write
     */
    public boolean due(boolean unwritten) {
        boolean due = urgent || unwritten && !busy;
        urgent = false;
        busy = false;
        return due;
    }
}
