package io.stillwatch.topology.control;

import io.stillwatch.text.Printable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of records that are not taken from a topic, ever more rarely, so that nobody can fill the log with them. */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    private static final long EACH_UP_TO = 10;

    private final String what;
    private long refused;

    /** @param what the records are, as in "a definition of a signature" */
    public Refusals(String what) {
        this.what = what;
    }

    /**
     * Tells of one more, if it is among the first ten, or the hundredth, the thousandth…
     *
     * @param key of the record, as somebody wrote it; null for none
     * @param reason why it is not taken; may hold what somebody wrote
     */
    public void tell(@Nullable String key, String reason) {
        refused++;
        if (isTold(refused)) {
            LOG.warn(
                    "Skipped {} with the key {}: {} ({} skipped so far).",
                    what,
                    key == null ? "null" : Printable.identifier(key),
                    Printable.escape(reason),
                    refused);
        }
    }

    /** Whether the number so many is told of. */
    static boolean isTold(long number) {
        long power = EACH_UP_TO;
        while (power < number && power <= Long.MAX_VALUE / 10) {
            power *= 10;
        }
        return number <= EACH_UP_TO || number == power;
    }
}
