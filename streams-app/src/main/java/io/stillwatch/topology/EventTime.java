package io.stillwatch.topology;

/** Units of event time, in milliseconds. */
final class EventTime {
    static final long MINUTE_MS = 60_000;
    static final long HOUR_MS = 60 * MINUTE_MS;

    private EventTime() {}

    static long hourOf(long timeMs) {
        return Math.floorDiv(timeMs, HOUR_MS);
    }

    static long minuteOf(long timeMs) {
        return Math.floorDiv(timeMs, MINUTE_MS);
    }

    static long dayOf(long hour) {
        return Math.floorDiv(hour, 24);
    }
}
