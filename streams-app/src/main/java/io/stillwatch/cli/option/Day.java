package io.stillwatch.cli.option;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** A moment as a person gives it on the command line. */
public final class Day {
    private Day() {}

    /**
     * Reads a day or a moment.
     *
     * @param option that it is given with, for the error
     * @return milliseconds since 1970; a day begins at midnight UTC
     * @throws UserException where it is neither
     */
    public static long parse(String option, String text) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toEpochMilli()
                    : OffsetDateTime.parse(
                                    text.endsWith("Z") && text.length() == "2026-05-04T07:00Z".length()
                                            ? text.replace("Z", ":00Z")
                                            : text)
                            .toInstant()
                            .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new UserException(
                    option + " is a day such as 2026-05-04 or a moment such as 2026-05-04T07:00:00Z, not '" + text
                            + "'.",
                    ExitStatus.USAGE,
                    e);
        }
    }

    /** A moment with the precision it has. */
    public static String of(long timeMs) {
        return Instant.ofEpochMilli(timeMs).toString();
    }
}
