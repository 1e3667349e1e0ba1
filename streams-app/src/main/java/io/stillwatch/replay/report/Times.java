package io.stillwatch.replay.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times and lengths of time as the report shows them. */
final class Times {
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    /** To the minute, in UTC; the report says once that all times are. */
    static String shown(Instant instant) {
        return MINUTES.format(instant);
    }

    /** In its two largest units: 6 days 3 h, 2 h 13 min, 41 s. */
    static String length(Duration length) {
        Duration size = length.abs();
        if (size.toDays() > 0) {
            return joined(size.toDays(), size.toDays() == 1 ? " day" : " days", size.toHoursPart(), " h");
        }
        if (size.toHours() > 0) {
            return joined(size.toHours(), " h", size.toMinutesPart(), " min");
        }
        if (size.toMinutes() > 0) {
            return joined(size.toMinutes(), " min", size.toSecondsPart(), " s");
        }
        return size.toSeconds() + " s";
    }

    private static String joined(long large, String largeUnit, int small, String smallUnit) {
        return small == 0 ? large + largeUnit : large + largeUnit + " " + small + smallUnit;
    }
}
