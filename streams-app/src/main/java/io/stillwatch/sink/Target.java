package io.stillwatch.sink;

import io.stillwatch.schema.Alert;
import java.time.Instant;

/** Where alerts are sent. */
public interface Target extends AutoCloseable {
    /** For people: kind and host, and nothing secret. */
    String description();

    /** Stable over restarts, different for every address: part of the consumer group's name; letters, digits, hyphens. */
    String id();

    /**
     * Sends an alert's step; returns when the other side has it, as far as the protocol tells.
     *
     * @param now the time to say it is
     * @throws DeliveryException when it has not, or may not have
     */
    void deliver(Alert alert, Instant now) throws DeliveryException, InterruptedException;

    @Override
    void close();
}
