package io.stillwatch.ingest;

import io.stillwatch.text.Printable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Reads times and refuses those that cannot be meant. No clock is asked: the bounds are fixed, so that a log reads the
 * same in any year.
 *
 * <p>A number of the wrong unit is off by a factor of a thousand and lands outside the bounds, where its magnitude tells
 * the unit it was written in; the ranges do not overlap:
 *
 * <table>
 *   <caption>Numbers between 2015-01-01 and 2100-01-01</caption>
 *   <tr><th>unit</th><th>from</th><th>to (exclusive)</th></tr>
 *   <tr><td>seconds</td><td>1,420,070,400</td><td>4,102,444,800</td></tr>
 *   <tr><td>milliseconds</td><td>1,420,070,400,000</td><td>4,102,444,800,000</td></tr>
 *   <tr><td>microseconds</td><td>1,420,070,400,000,000</td><td>4,102,444,800,000,000</td></tr>
 *   <tr><td>nanoseconds</td><td>1,420,070,400,000,000,000</td><td>4,102,444,800,000,000,000</td></tr>
 * </table>
 */
final class TimeReader {
    /** First moment a request can have happened: before there were model APIs worth harvesting. */
    private static final Instant EARLIEST = Instant.parse("2015-01-01T00:00:00Z");

    /** First moment an account can have been made; businesses are older than their use of models. */
    private static final Instant EARLIEST_ACCOUNT = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private static final long LARGEST_SECONDS = 1L << 40;

    private static final long EARLIEST_MS = EARLIEST.toEpochMilli();
    private static final long LATEST_MS = LATEST.toEpochMilli();

    /** What a number of an epoch counts. */
    enum Unit {
        SECONDS("seconds", 3),
        MILLISECONDS("milliseconds", 0),
        MICROSECONDS("microseconds", -3),
        NANOSECONDS("nanoseconds", -6);

        private static final List<Unit> ALL = List.of(values());

        private final String word;
        private final int powerOfTen;
        private final BigDecimal latest;
        private final BigDecimal earliest;
        private final BigDecimal earliestOfAccounts;

        Unit(String word, int powerOfTen) {
            this.word = word;
            this.powerOfTen = powerOfTen;
            this.latest = ofMillis(LATEST);
            this.earliest = ofMillis(EARLIEST);
            this.earliestOfAccounts = ofMillis(EARLIEST_ACCOUNT);
        }

        private BigDecimal ofMillis(Instant moment) {
            return BigDecimal.valueOf(moment.toEpochMilli()).scaleByPowerOfTen(-powerOfTen);
        }

        private boolean isWithin(BigDecimal value, Instant least) {
            BigDecimal from = least.equals(EARLIEST) ? earliest : earliestOfAccounts;
            return value.compareTo(from) >= 0 && value.compareTo(latest) < 0;
        }

        /** Of a number so small that it cannot overflow. */
        private long wholeMillis(long value) {
            return switch (this) {
                case SECONDS -> value > LARGEST_SECONDS ? -1 : value * 1_000;
                case MILLISECONDS -> value;
                case MICROSECONDS -> value / 1_000;
                case NANOSECONDS -> value / 1_000_000;
            };
        }

        private BigDecimal toMillis(BigDecimal value) {
            return value.scaleByPowerOfTen(powerOfTen);
        }
    }

    private TimeReader() {}

    /** The time when a request arrived, if it can be meant. */
    static void checkEventTime(long eventTimeMs) throws RecordRejected {
        if (eventTimeMs >= EARLIEST_MS && eventTimeMs < LATEST_MS) {
            return;
        }
        check("event_time", BigDecimal.valueOf(eventTimeMs), Unit.MILLISECONDS, EARLIEST);
    }

    /** The time when an account was made, if it can be meant. */
    static void checkAccountCreated(long accountCreatedMs) throws RecordRejected {
        check("account_created", BigDecimal.valueOf(accountCreatedMs), Unit.MILLISECONDS, EARLIEST_ACCOUNT);
    }

    /**
     * Reads a number of the given unit.
     *
     * @return milliseconds since 1970, parts of one cut off
     * @throws RecordRejected if it is out of bounds
     */
    static long fromNumber(String field, BigDecimal value, Unit unit) throws RecordRejected {
        return check(field, value, unit, EARLIEST_ACCOUNT);
    }

    /**
     * Milliseconds of a number of nanoseconds that digits spell, as most are written.
     *
     * @return 0 for the number 0, -1 for any other text
     */
    static long plainNanoseconds(String text) {
        return plainNanoseconds(plainNumber(text));
    }

    /** As above, of a number. */
    static long plainNanoseconds(long plain) {
        long ms = plain <= 0 ? plain : Unit.NANOSECONDS.wholeMillis(plain);
        return plain == 0 || (ms >= EARLIEST_MS && ms < LATEST_MS) ? ms : -1;
    }

    /** Reads a number whose unit nobody wrote down: the one by which it falls between 2015 and 2100. */
    static long fromNumberOfAnyUnit(String field, BigDecimal value) throws RecordRejected {
        return check(field, value, likelyUnit(value, EARLIEST).orElse(Unit.MILLISECONDS), EARLIEST);
    }

    /**
     * Reads a text: a number of the given unit, or a time with a zone.
     *
     * @param zone the zone of a time that has none; empty to refuse it
     * @return milliseconds since 1970, parts of one cut off
     * @throws RecordRejected if it is neither, or out of bounds
     */
    static long fromText(String field, String text, Unit unit, Optional<ZoneId> zone) throws RecordRejected {
        long plain = plainNumber(text);
        if (plain > 0) {
            long ms = unit.wholeMillis(plain);
            if (ms >= EARLIEST_MS && ms < LATEST_MS) {
                return ms;
            }
        }
        Optional<BigDecimal> number = Numbers.parse(text);
        return number.isPresent() && !isCompactDate(text)
                ? fromNumber(field, number.get(), unit)
                : fromWritten(field, text, zone);
    }

    /** As above, refusing a time without a zone. */
    static long fromText(String field, String text, Unit unit) throws RecordRejected {
        return fromText(field, text, unit, Optional.empty());
    }

    /** As {@link #fromText}, where nobody wrote down the unit of a number. */
    static long fromTextOfAnyUnit(String field, String text, Optional<ZoneId> zone) throws RecordRejected {
        long ms = plainMillis(plainNumber(text));
        if (ms > 0) {
            return ms;
        }
        Optional<BigDecimal> number = Numbers.parse(text);
        return number.isPresent() ? fromNumberOfAnyUnit(field, number.get()) : fromWritten(field, text, zone);
    }

    /** A number of digits alone, as most times are written; -1 for any other text. */
    private static long plainNumber(String text) {
        int length = text.length();
        if (length == 0 || length > 19) {
            return -1;
        }
        long number = 0;
        for (int at = 0; at < length; at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        // Nineteen digits may overflow, which shows as a negative number, or one out of all bounds.
        return number;
    }

    /** Of a number of any unit, milliseconds; -1 where it is out of all bounds. */
    private static long plainMillis(long number) {
        for (Unit unit : Unit.ALL) {
            long ms = number < 0 ? -1 : unit.wholeMillis(number);
            if (ms >= EARLIEST_MS && ms < LATEST_MS) {
                return ms;
            }
        }
        return -1;
    }

    private static boolean isCompactDate(String text) {
        return text.length() > 8 && text.indexOf('T') == 8;
    }

    private static long fromWritten(String field, String text, Optional<ZoneId> zone) throws RecordRejected {
        Optional<WrittenTime> written = WrittenTime.of(text);
        if (written.isEmpty()) {
            throw new RecordRejected(field + " '" + Printable.text(text, 40)
                    + "' is neither a number since 1970 nor an ISO-8601 time such as 2026-11-23T08:30:00Z");
        }
        ZoneId known = written.get().zone().or(() -> zone).orElse(null);
        if (known == null) {
            throw new RecordRejected(field + " " + Printable.text(text, 40)
                    + " has no time zone; say with --zone which one it is in, such as --zone UTC");
        }
        long ms = written.get().local().atZone(known).toInstant().toEpochMilli();
        return ms >= EARLIEST_MS && ms < LATEST_MS
                ? ms
                : check(field, BigDecimal.valueOf(ms), Unit.MILLISECONDS, EARLIEST_ACCOUNT);
    }

    private static long check(String field, BigDecimal value, Unit unit, Instant earliest) throws RecordRejected {
        if (unit.isWithin(value, earliest)) {
            return unit.toMillis(value).setScale(0, RoundingMode.DOWN).longValueExact();
        }
        Optional<Unit> likely = likelyUnit(value, earliest);
        throw new RecordRejected(
                likely.isPresent()
                        ? field + " " + Numbers.printable(value) + " looks like " + likely.get().word + "; " + unit.word
                                + " since 1970 are wanted"
                        : field + " " + Numbers.printable(value) + " (" + unit.word + " since 1970) is not between "
                                + date(earliest) + " and " + date(LATEST));
    }

    private static Optional<Unit> likelyUnit(BigDecimal value, Instant earliest) {
        for (Unit unit : Unit.ALL) {
            if (unit.isWithin(value, earliest)) {
                return Optional.of(unit);
            }
        }
        return Optional.empty();
    }

    private static String date(Instant moment) {
        return moment.toString().substring(0, 10);
    }
}
