package io.stillwatch.ingest;

import java.util.Objects;

/**
 * A record is no request event. The message is one sentence without a full stop, safe to print. Carries no stack trace:
 * it tells about the input, and a file may hold millions of such records.
 */
public final class RecordRejected extends Exception {
    private static final long serialVersionUID = 1L;

    RecordRejected(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
