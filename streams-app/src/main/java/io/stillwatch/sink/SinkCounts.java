package io.stillwatch.sink;

import java.util.concurrent.atomic.LongAdder;

/** What a sink has done since it started. */
public final class SinkCounts {
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failedAttempts = new LongAdder();
    private final LongAdder givenUp = new LongAdder();

    void deliveredOne() {
        delivered.increment();
    }

    void failedAttempt() {
        failedAttempts.increment();
    }

    void gaveUp() {
        givenUp.increment();
    }

    /** Steps of alerts that the other side has; count. */
    public long delivered() {
        return delivered.sum();
    }

    /** Attempts that failed, whether a later one succeeded or not; count. */
    public long failedAttempts() {
        return failedAttempts.sum();
    }

    /** Steps of alerts that went to the dead letters; count. */
    public long givenUp() {
        return givenUp.sum();
    }
}
