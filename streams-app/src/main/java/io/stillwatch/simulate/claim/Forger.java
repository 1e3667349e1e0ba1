package io.stillwatch.simulate.claim;

import io.stillwatch.schema.RequestEvent;

/** Forges the requests of one account, which come in the order in which they were made. Not thread-safe. */
@FunctionalInterface
public interface Forger {
    /** Writes the claim into a request. */
    void forge(RequestEvent event);
}
