package io.stillwatch.ingest;

import java.util.Objects;

/** An input cannot be read at all. The message is one sentence for people that says what to do. */
public final class IngestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IngestException(String message) {
        super(message);
    }

    IngestException(String message, Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
