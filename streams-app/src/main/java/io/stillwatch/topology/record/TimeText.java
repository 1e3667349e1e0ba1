package io.stillwatch.topology.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Event times as RFC 3339 text, as {@link Instant#toString} writes them, for a tenth of its cost: most records are of the
 * same day as the one before.
 */
final class TimeText {
    private static final long DAY_MS = 86_400_000;
    private static final int MOST_CHARACTERS = 24;
    private static final LocalDate LAST_SHORT_DAY = LocalDate.of(9999, 12, 31);
    private static final long LAST_MS = (LAST_SHORT_DAY.toEpochDay() + 1) * DAY_MS - 1;

    private static volatile Day latest = new Day(0);

    private TimeText() {}

    /** A day's part of the text, ready to be copied. */
    private static final class Day {
        private final long day;
        private final byte[] text;

        Day(long day) {
            this.day = day;
            this.text = (LocalDate.ofEpochDay(day) + "T").getBytes(StandardCharsets.US_ASCII);
        }
    }

    /**
     * ASCII text of a time, as 2026-05-04T07:00:00.250Z; without a fraction where there is none.
     *
     * @param timeMs milliseconds since 1970
     */
    static byte[] of(long timeMs) {
        if (timeMs < 0 || timeMs > LAST_MS) {
            return Instant.ofEpochMilli(timeMs).toString().getBytes(StandardCharsets.US_ASCII);
        }
        Day day = latest;
        if (day.day != timeMs / DAY_MS) {
            day = new Day(timeMs / DAY_MS);
            latest = day;
        }
        int ofDay = (int) (timeMs % DAY_MS);
        int fraction = ofDay % 1_000;
        byte[] text = new byte[fraction == 0 ? MOST_CHARACTERS - 4 : MOST_CHARACTERS];
        System.arraycopy(day.text, 0, text, 0, day.text.length);
        int at = two(text, day.text.length, ofDay / 3_600_000, ':');
        at = two(text, at, ofDay / 60_000 % 60, ':');
        at = two(text, at, ofDay / 1_000 % 60, fraction == 0 ? 'Z' : '.');
        if (fraction != 0) {
            text[at++] = digit(fraction / 100);
            two(text, at, fraction % 100, 'Z');
        }
        return text;
    }

    private static int two(byte[] text, int at, int number, char after) {
        text[at] = digit(number / 10);
        text[at + 1] = digit(number % 10);
        text[at + 2] = (byte) after;
        return at + 3;
    }

    private static byte digit(int number) {
        return (byte) ('0' + number);
    }
}
