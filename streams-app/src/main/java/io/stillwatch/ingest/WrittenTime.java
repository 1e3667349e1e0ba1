package io.stillwatch.ingest;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time as exporters write it: ISO-8601 in all its shapes and what databases make of it, Java's zone in brackets, Go's {@code
 * String()}, a leap second, HTTP dates, web servers' log dates, {@code date}.
 *
 * @param local the time on the clock it was read from
 * @param zone that clock's zone; empty where none is written
 */
record WrittenTime(LocalDateTime local, Optional<ZoneId> zone) {
    private static final int LONGEST = 80;

    private static final String CLOCK = "(?<h>\\d{1,2}):?(?<m>\\d\\d)(?::?(?<s>\\d\\d)(?:[.,](?<f>\\d{1,20}))?)?";
    private static final String ZONE =
            "\\s*(?<zone>Z|z|UTC|GMT|(?:UTC|GMT)?[+-]\\d\\d(?::?\\d\\d){0,2})?(?:\\s+(?<name>[A-Z]{2,5}))?"
                    + "(?:\\[(?<region>[\\w/+:-]{1,40})\\])?(?:\\s+m=[+-][\\d.]+)?";

    /** Year first; a day and its clock may be parted by about anything. */
    private static final Pattern YEAR_FIRST =
            Pattern.compile("(?<y>\\d{4})[-/.]?(?<mo>\\d\\d)[-/.]?(?<d>\\d\\d)(?:[Tt_]|\\s+|\\s*,\\s*)" + CLOCK + ZONE);

    /** HTTP's and mail's dates, and web servers': {@code Mon, 02 Nov 2026 09:30:00 GMT}, {@code 02/Nov/2026:09:30:00 +0100}. */
    private static final Pattern DAY_FIRST = Pattern.compile(
            "(?:[A-Za-z]{3,9},?\\s+)?(?<d>\\d{1,2})[ /-](?<mon>[A-Za-z]{3})[a-z]*[ /-](?<y>\\d{4})[: ]" + CLOCK + ZONE);

    /** What {@code date} and Java's {@code Date} print: {@code Mon Nov  2 09:30:00 UTC 2026}. */
    private static final Pattern YEAR_LAST = Pattern.compile("[A-Za-z]{3}\\s+(?<mon>[A-Za-z]{3})\\s+(?<d>\\d{1,2})\\s+"
            + CLOCK + "(?:\\s+(?<zone>UTC|GMT|Z|[+-]\\d{4}))?(?<name>)(?<region>)\\s+(?<y>\\d{4})");

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    /** The time the text tells; empty if it tells none. */
    static Optional<WrittenTime> of(String text) {
        String written = text.strip();
        if (written.length() > LONGEST) {
            return Optional.empty();
        }
        Optional<WrittenTime> usual = usual(written);
        if (usual.isPresent()) {
            return usual;
        }
        for (Pattern pattern : List.of(YEAR_FIRST, DAY_FIRST, YEAR_LAST)) {
            Matcher matcher = pattern.matcher(written);
            if (matcher.matches()) {
                return of(matcher, pattern == YEAR_FIRST);
            }
        }
        return Optional.empty();
    }

    /** As nearly all write it, without the cost of a pattern: {@code 2026-11-02T09:30:00.123Z}, the zone Z, UTC or none. */
    private static Optional<WrittenTime> usual(String text) {
        int length = text.length();
        boolean shaped = length >= 19
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (text.charAt(10) == 'T' || text.charAt(10) == ' ')
                && text.charAt(13) == ':'
                && text.charAt(16) == ':';
        if (!shaped) {
            return Optional.empty();
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int end = 19;
        int nanos = 0;
        if (length > end && text.charAt(end) == '.') {
            int from = ++end;
            while (end < length && end - from < 9 && isDigit(text.charAt(end))) {
                nanos = nanos * 10 + text.charAt(end++) - '0';
            }
            for (int digit = end - from; digit < 9; digit++) {
                nanos *= 10;
            }
            end = end == from ? length + 1 : end;
        }
        boolean utc =
                (length == end + 1 && text.charAt(end) == 'Z') || (length == end + 4 && text.startsWith(" UTC", end));
        boolean known = (utc || length == end)
                && year >= 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= (month == 2 ? 28 : 30)
                && hour >= 0
                && hour <= 23
                && minute >= 0
                && minute <= 59
                && second >= 0
                && second <= 59;
        return known
                ? Optional.of(new WrittenTime(
                        LocalDateTime.of(year, month, day, hour, minute, second, nanos),
                        utc ? Optional.of(ZoneOffset.UTC) : Optional.empty()))
                : Optional.empty();
    }

    /** The number that the digits in {@code [from, to)} spell; -1 where there are others. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int at = from; at < to; at++) {
            if (!isDigit(text.charAt(at))) {
                return -1;
            }
            number = number * 10 + text.charAt(at) - '0';
        }
        return number;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    private static Optional<WrittenTime> of(Matcher matcher, boolean numbered) {
        try {
            int month = numbered
                    ? number(matcher, "mo")
                    : 1 + MONTHS.indexOf(matcher.group("mon").toLowerCase(Locale.ROOT));
            int second = number(matcher, "s");
            boolean leap = second == 60;
            LocalDateTime local = LocalDateTime.of(
                    number(matcher, "y"),
                    month,
                    number(matcher, "d"),
                    number(matcher, "h"),
                    number(matcher, "m"),
                    leap ? 59 : second,
                    nanoseconds(matcher.group("f")));
            return Optional.of(new WrittenTime(leap ? local.plusSeconds(1) : local, zone(matcher)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> zone(Matcher matcher) {
        String offset = matcher.group("zone");
        if (offset != null) {
            String bare = offset.replaceFirst("^(UTC|GMT)(?=[+-])", "");
            return Optional.of(bare.matches("Z|z|UTC|GMT") ? ZoneOffset.UTC : ZoneOffset.of(bare));
        }
        String region = matcher.group("region");
        return region == null || region.isEmpty() ? Optional.empty() : Optional.of(ZoneId.of(region));
    }

    private static int number(Matcher matcher, String group) {
        String digits = matcher.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int nanoseconds(String fraction) {
        return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
    }
}
