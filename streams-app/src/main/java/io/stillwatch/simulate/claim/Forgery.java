package io.stillwatch.simulate.claim;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.chance.Chance;

/** How one request of those that make a claim is forged. */
@FunctionalInterface
interface Forgery {
    /**
     * Writes the claim into a request.
     *
     * @param chance draws for this request alone
     */
    void write(RequestEvent event, Chance chance);

    /** Forges a share of an account's requests, drawn for each by itself. */
    default Forger ofShare(long seed, String claim, double share) {
        Chance chance = Chance.of(seed, claim);
        return event -> {
            Chance own = new Chance(chance.nextLong());
            if (own.is(share)) {
                write(event, own);
            }
        };
    }
}
