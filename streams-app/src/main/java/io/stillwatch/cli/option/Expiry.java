package io.stillwatch.cli.option;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.time.DateTimeException;
import java.time.Duration;

/** The value of {@code --expires}: a day, a moment, or a duration from now. */
public final class Expiry {
    private Expiry() {}

    /**
     * Reads one.
     *
     * @return milliseconds since 1970
     * @throws UserException when it is no time, or a duration that is none to come
     */
    public static long parse(String text, long nowMs) {
        if (!text.startsWith("P")) {
            return Day.parse("--expires", text);
        }
        try {
            Duration span = Duration.parse(text);
            if (span.isNegative() || span.isZero()) {
                throw new UserException("--expires is a time to come, not '" + text + "'.", ExitStatus.USAGE);
            }
            return Math.addExact(nowMs, span.toMillis());
        } catch (DateTimeException | ArithmeticException e) {
            throw new UserException(
                    "--expires is a day, a moment or a duration such as P90D, not '" + text + "'.",
                    ExitStatus.USAGE,
                    e);
        }
    }
}
