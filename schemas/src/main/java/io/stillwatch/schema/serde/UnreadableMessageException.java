package io.stillwatch.schema.serde;

import java.util.Objects;
import org.apache.kafka.common.errors.SerializationException;

/**
 * The bytes are not a message of the expected type, and reading them again will not help. The message is one sentence for
 * people and never holds any of the bytes.
 */
public final class UnreadableMessageException extends SerializationException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a message cannot be read; few and stable, fit for a header or a metric's label. */
    public enum Reason {
        /** The bytes do not start the way a message of this wire format starts. */
        NOT_THIS_WIRE_FORMAT,
        /** The message names a schema nobody knows. */
        UNKNOWN_SCHEMA,
        /** The message is a readable one of another type. */
        OTHER_MESSAGE_TYPE,
        /** The bytes end before the last field does. */
        TRUNCATED,
        /** Bytes are left over after the last field. */
        TRAILING_BYTES,
        /** A value makes no sense for its field. */
        CORRUPT
    }

    UnreadableMessageException(Reason reason, String message) {
        super(message);
        this.reason = Objects.requireNonNull(reason);
    }

    UnreadableMessageException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason);
    }

    public Reason reason() {
        return reason;
    }
}
