package io.stillwatch.text;

import java.time.Duration;

/** How long ago something was, or how soon it will be, in one unit: 5 min ago, in 3 h. */
public final class Ago {
    private static final long MOST_MINUTES = 90;
    private static final long MOST_HOURS = 48;

    private Ago() {}

    /** Where a moment lies, seen from another; both in milliseconds since 1970. */
    public static String of(long timeMs, long nowMs) {
        long ahead = Math.subtractExact(timeMs, nowMs);
        String length = length(Duration.ofMillis(Math.abs(ahead)));
        return length.isEmpty() ? "now" : ahead > 0 ? "in " + length : length + " ago";
    }

    private static String length(Duration length) {
        if (length.toMinutes() < 1) {
            return "";
        }
        if (length.toMinutes() < MOST_MINUTES) {
            return length.toMinutes() + " min";
        }
        return length.toHours() < MOST_HOURS ? length.toHours() + " h" : Figures.count(length.toDays()) + " days";
    }
}
