package io.stillwatch.topology.record;

import org.apache.kafka.common.errors.SerializationException;

/** A record is passed over because processing it failed before: see {@link Quarantine}. */
public final class QuarantinedException extends SerializationException {
    private static final long serialVersionUID = 1L;

    QuarantinedException(String cause) {
        super("Processing the record failed (" + cause + "), so it was set aside and the rest goes on.");
    }
}
