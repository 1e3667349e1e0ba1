package io.stillwatch.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/**
 * Numbers as a person reads them, the same in every locale: 4,212 requests, 97 %, 6.1 M tokens, 24 h.
 *
 * <p>Rounding never reaches a bound that the value does not: 0.99996 is more than 99.9 %, not 100 %.
 */
public final class Figures {
    private static final double LARGEST_IN_DIGITS = 1e15;
    private static final double SMALLEST_IN_DIGITS = 0.001;
    private static final long TOKENS_IN_MILLIONS_FROM = 1_000_000;
    private static final long HOURS_READ_AS_DAYS_FROM = 48;

    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm '(UTC)'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Figures() {}

    /** A count with thousands separators. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A count and its noun: 1 request, 2 requests. */
    public static String counted(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** A moment of event time, in milliseconds since 1970, to the minute in UTC: 2026-03-02T10:15Z. */
    public static String minute(long timeMs) {
        return MINUTE.format(Instant.ofEpochMilli(timeMs));
    }

    /** The same as a clock shows it: 2026-03-02 10:15 (UTC). */
    public static String clock(long timeMs) {
        return CLOCK.format(Instant.ofEpochMilli(timeMs));
    }

    /** A score or a confidence (0 to 1), to two decimals. */
    public static String score(double score) {
        return String.format(Locale.ROOT, "%.2f", score);
    }

    /** How often something happened: once, 2 times. */
    public static String times(long count) {
        return count == 1 ? "once" : count(count) + " times";
    }

    /** Tokens: in full below a million, in millions to one decimal from there. */
    public static String tokens(long tokens) {
        if (tokens < TOKENS_IN_MILLIONS_FROM) {
            return counted(tokens, "token");
        }
        BigDecimal millions = BigDecimal.valueOf(tokens, 6).setScale(1, RoundingMode.HALF_EVEN);
        return String.format(Locale.ROOT, "%,.1f M tokens", millions);
    }

    /** A share (0 to 1) in percent, to one decimal at most. */
    public static String share(double share) {
        if (!Double.isFinite(share) || Math.abs(share) >= LARGEST_IN_DIGITS) {
            return number(share);
        }
        BigDecimal percent = BigDecimal.valueOf(share).movePointRight(2);
        BigDecimal rounded = percent.setScale(1, RoundingMode.HALF_EVEN);
        if (share > 0 && rounded.signum() == 0) {
            return "<0.1 %";
        }
        if (share < 1 && rounded.compareTo(HUNDRED) == 0) {
            return ">99.9 %";
        }
        return grouped(rounded) + " %";
    }

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** A number without a unit: whole from 1,000 on, else to three significant digits. */
    public static String number(double number) {
        if (Double.isNaN(number)) {
            return "not a number";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "infinite" : "minus infinite";
        }
        double size = Math.abs(number);
        if (size >= LARGEST_IN_DIGITS) {
            return JsonLine.digits(number);
        }
        if (size >= 1000) {
            return grouped(BigDecimal.valueOf(number).setScale(0, RoundingMode.HALF_EVEN));
        }
        if (size > 0 && size < SMALLEST_IN_DIGITS) {
            return (number < 0 ? ">-" : "<") + "0.001";
        }
        return grouped(BigDecimal.valueOf(number).round(new MathContext(3, RoundingMode.HALF_EVEN)));
    }

    /**
     * A value in its unit: shares in percent, tokens in millions where they reach one, plain counts, ratios and cosines
     * without the word,
     * everything else as number and unit.
     */
    public static String value(double value, String unit) {
        return switch (unit) {
            case "share" -> share(value);
            case "tokens" -> whole(value) ? tokens((long) value) : number(value) + " tokens";
            case "", "1", "count", "ratio", "cosine" -> number(value);
            default -> number(value) + " " + Printable.text(unit, 40);
        };
    }

    /**
     * What a value that meets a threshold had to be, in words: at least 90 %, at most 5 %.
     *
     * @param value that meets it
     */
    public static String bound(double value, double threshold, String unit) {
        String side = value > threshold ? "at least " : value < threshold ? "at most " : "limit ";
        return side + value(threshold, unit);
    }

    /** As {@link #bound}, in signs for a table: ≥ 90 %, ≤ 5 %. */
    public static String boundInSigns(double value, double threshold, String unit) {
        String side = value > threshold ? "≥ " : value < threshold ? "≤ " : "= ";
        return side + value(threshold, unit);
    }

    /**
     * Where a value lies among the baseline's accounts, as words after a value.
     *
     * @param quantile share of them whose value is at most this one, 0 to 1: many may have the very same
     */
    public static String rank(double quantile) {
        if (quantile >= 1) {
            return "as high as any baseline account";
        }
        if (quantile <= 0) {
            return "lower than every baseline account";
        }
        if (Double.isNaN(quantile)) {
            return "of unknown rank";
        }
        BigDecimal below = BigDecimal.valueOf(quantile);
        return quantile >= 0.5
                ? "no lower than " + atLeast(below) + " of baseline accounts"
                : "lower than " + atLeast(BigDecimal.ONE.subtract(below)) + " of baseline accounts";
    }

    /** As {@link #rank}, in signs for a table: ≥ 99.1 %, at least as high as those; {@code < 80 %}, lower than those. */
    public static String rankInSigns(double quantile) {
        if (Double.isNaN(quantile)) {
            return "-";
        }
        if (quantile >= 1) {
            return "≥ all";
        }
        if (quantile <= 0) {
            return "< all";
        }
        BigDecimal below = BigDecimal.valueOf(quantile);
        return quantile >= 0.5 ? "≥ " + atLeast(below) : "< " + atLeast(BigDecimal.ONE.subtract(below));
    }

    /** A share in percent, rounded down so that it may be claimed. */
    private static String atLeast(BigDecimal share) {
        return grouped(share.movePointRight(2).setScale(1, RoundingMode.DOWN)) + " %";
    }

    /** An ISO-8601 duration as a window is named: 5 min, 24 h, 30 days; as it is when it is no duration. */
    public static String window(String duration) {
        Duration length;
        try {
            length = Duration.parse(duration);
        } catch (DateTimeParseException e) {
            return Printable.text(duration, 40);
        }
        if (length.isZero() || length.isNegative() || length.toNanosPart() != 0) {
            return Printable.text(duration, 40);
        }
        if (length.toSecondsPart() != 0) {
            return count(length.toSeconds()) + " s";
        }
        if (length.toMinutesPart() != 0) {
            return count(length.toMinutes()) + " min";
        }
        long hours = length.toHours();
        return hours >= HOURS_READ_AS_DAYS_FROM && hours % 24 == 0
                ? count(length.toDays()) + " days"
                : count(hours) + " h";
    }

    private static boolean whole(double value) {
        return value == Math.rint(value) && Math.abs(value) < LARGEST_IN_DIGITS;
    }

    private static String grouped(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return String.format(Locale.ROOT, "%,." + Math.max(shortest.scale(), 0) + "f", shortest);
    }
}
