package io.stillwatch.signature;

import java.util.Locale;

/** How much a finding matters, least first. */
public enum Severity {
    INFORMATIONAL,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** Name in signatures, alerts and topics: lower case. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
