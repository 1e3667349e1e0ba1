package io.stillwatch.intake;

import java.util.Arrays;
import java.util.Optional;

/** The paths that are sent to. */
enum Path {
    TRACES("/v1/traces", true, "rejectedSpans"),
    LOGS("/v1/logs", true, "rejectedLogRecords"),
    REQUESTS("/v1/requests", false, "");

    private final String path;
    private final boolean otlp;
    private final String rejectedName;

    Path(String path, boolean otlp, String rejectedName) {
        this.path = path;
        this.otlp = otlp;
        this.rejectedName = rejectedName;
    }

    static Optional<Path> of(String path) {
        return Arrays.stream(values()).filter(one -> one.path.equals(path)).findFirst();
    }

    /** What it is called in headers, the loss ledger and sentences. */
    String path() {
        return path;
    }

    /** Whether it takes OpenTelemetry's protocol only. */
    boolean isOtlp() {
        return otlp;
    }

    /** What OTLP's answer calls the number of records rejected. */
    String rejectedName() {
        return rejectedName;
    }
}
