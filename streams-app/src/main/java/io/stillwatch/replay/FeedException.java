package io.stillwatch.replay;

import java.io.Serial;

/** A request event could not be written to Kafka. */
public final class FeedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    FeedException(Throwable cause) {
        super(
                "Kafka did not take a request event: " + cause.getMessage()
                        + " Check the brokers and the topic's limits, then run the same command again.",
                cause);
    }
}
