package io.stillwatch.cli.option;

import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import io.stillwatch.signature.Severity;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Severities by the names that messages have for them. */
public final class Severities {
    private Severities() {}

    /** Higher is worse; -1 for one of a newer version. */
    @SuppressWarnings("EnumOrdinal")
    public // declared least first
    static int rank(String id) {
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.id().equals(id))
                .mapToInt(Severity::ordinal)
                .findFirst()
                .orElse(-1);
    }

    /**
     * Goes on only with a severity that there is.
     *
     * @throws UserException where there is none of that name
     */
    public static void require(String id) {
        if (rank(id) < 0) {
            throw new UserException(
                    "--severity is one of "
                            + Arrays.stream(Severity.values()).map(Severity::id).collect(Collectors.joining(", "))
                            + ", not '" + id + "'.",
                    ExitStatus.USAGE);
        }
    }
}
