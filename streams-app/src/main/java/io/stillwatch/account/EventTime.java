package io.stillwatch.account;

/** Units of event time, in milliseconds. */
public final class EventTime {
    public static final long MINUTE_MS = 60_000;
    public static final long HOUR_MS = 60 * MINUTE_MS;

    private EventTime() {}

    public static long hourOf(long timeMs) {
        return Math.floorDiv(timeMs, HOUR_MS);
    }

    public static long minuteOf(long timeMs) {
        return Math.floorDiv(timeMs, MINUTE_MS);
    }

    public static long dayOf(long hour) {
        return Math.floorDiv(hour, 24);
    }
}
