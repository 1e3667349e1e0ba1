package io.stillwatch.alert;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What an alert turned out to be, in an analyst's judgement. */
public enum Disposition {
    /** The account or campaign did harvest. */
    TRUE_POSITIVE,
    /** The signature was wrong. */
    FALSE_POSITIVE,
    /** The signature was right, and what it found is known and wanted: an evaluation, a partner. */
    BENIGN_EXPECTED;

    /** Name in messages and on the command line: lower case with underscores. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The disposition with a name; empty when there is none, as with messages of a newer release. */
    public static Optional<Disposition> named(String id) {
        return Arrays.stream(values())
                .filter(disposition -> disposition.id().equals(id))
                .findFirst();
    }
}
