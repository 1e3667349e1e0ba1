package io.stillwatch.evaluate;

import io.stillwatch.schema.Alert;
import io.stillwatch.signature.Severity;
import java.util.Arrays;

/** How much an alert says: the two points at which the alerts can be acted on. */
public enum Tier {
    /** Any alert: at the least, broad machine-driven traffic that nobody vouches for. */
    ANY("any alert"),
    /** An alert above low severity: a harvest, on evidence. */
    ABOVE_LOW("above low");

    private final String words;

    Tier(String words) {
        this.words = words;
    }

    /** In tables. */
    public String words() {
        return words;
    }

    /** What the names of figures end in; empty for any alert. */
    String suffix() {
        return this == ANY ? "" : "_above_low";
    }

    /** Whether an alert's severity reaches it; one that this version does not know is above low. */
    boolean reachedBy(Alert step) {
        return this == ANY
                || Arrays.stream(Severity.values())
                        .filter(severity -> severity.id().equals(step.getSeverity()))
                        .allMatch(severity -> severity.compareTo(Severity.LOW) > 0);
    }
}
