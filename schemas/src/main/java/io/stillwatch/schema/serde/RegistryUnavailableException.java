package io.stillwatch.schema.serde;

import org.apache.kafka.common.errors.SerializationException;

/**
 * The schema registry did not answer, or refused to. Says nothing about the message, which may well be readable once the
 * registry is back: do not treat it as a bad record.
 */
public final class RegistryUnavailableException extends SerializationException {
    private static final long serialVersionUID = 1L;

    RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
