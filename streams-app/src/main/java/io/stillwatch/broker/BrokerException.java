package io.stillwatch.broker;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The embedded Kafka or its data directory cannot be used. The message is one or two complete sentences for the person
 * at the keyboard: what is wrong and what to do about it.
 */
public final class BrokerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BrokerException(String message) {
        super(message);
    }

    public BrokerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
