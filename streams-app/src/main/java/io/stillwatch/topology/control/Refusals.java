package io.stillwatch.topology.control;

import io.stillwatch.text.Printable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of records that are not taken from a topic, ever more rarely, so that nobody can fill the log with them. */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private final String what;
    private long refused;
    private long next = 1;

    /** @param what the records are, as in "a definition of a signature" */
    public Refusals(String what) {
        this.what = what;
    }

    /** Tells of one more, if it is the first, the tenth, the hundredth… */
    public void tell(String key, String reason) {
        refused++;
        if (refused == next) {
            next *= 10;
            LOG.warn(
                    "Skipped {} with the key {}: {} ({} skipped so far).",
                    what,
                    key == null ? "null" : Printable.identifier(key),
                    reason,
                    refused);
        }
    }
}
