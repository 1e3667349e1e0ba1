package io.stillwatch.simulate.claim;

import java.util.function.LongFunction;

/**
 * A claim that a request makes or does not, whatever the ones before it did.
 *
 * @param forgery how an account with a seed forges a request
 */
record PlainClaim(String name, String description, String price, LongFunction<Forgery> forgery) implements Claim {
    /** Costs nothing at all, and every account forges alike. */
    PlainClaim(String name, String description, Forgery forgery) {
        this(name, description, Price.NOTHING, seed -> forgery);
    }

    @Override
    public Forger forger(long seed, double share) {
        return forgery.apply(seed).ofShare(seed, name, share);
    }
}
