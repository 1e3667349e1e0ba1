package io.stillwatch.topology.record;

import java.io.Serial;
import java.time.Duration;
import java.time.Instant;

/** A request event came after its account's clock had passed its time by more than the grace. */
public final class LateEventException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public LateEventException(long eventMs, long clockMs, Duration grace) {
        super("The event of " + Instant.ofEpochMilli(eventMs) + " is late: its account's clock stands at "
                + Instant.ofEpochMilli(clockMs) + " and the grace is " + grace + ".");
    }
}
