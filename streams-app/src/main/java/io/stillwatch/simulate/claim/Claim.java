package io.stillwatch.simulate.claim;

/** A claim that harvesters can make up. Stateless; what it draws, it draws from the account's seed. */
public interface Claim {
    /** Its name in plans, options and tables: lower-case words joined by hyphens. */
    String name();

    /** What the attacker does, in a few words. */
    String description();

    /** What it costs the attacker, in a few words. */
    String price();

    /** Share of an account's requests that make the claim unless somebody says otherwise, above 0 and at most 1. */
    default double usualShare() {
        return 1;
    }

    /**
     * What forges the requests of one account.
     *
     * @param seed of the account
     * @param share of its requests that make the claim, above 0 and at most 1
     */
    Forger forger(long seed, double share);
}
