package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;

/** A way to hide a harvest. Stateless; what it draws, it draws from the account's and the moment's seeds. */
public interface Evasion {
    /** Its name in plans and tables: lower-case words joined by hyphens. */
    String name();

    /** What the attacker does, in a few words. */
    String description();

    /** What it costs the attacker, in a few words; empty for nothing. */
    String price();

    /**
     * The play so hidden.
     *
     * @param play as it would be
     * @param account who plays
     * @param strength above 0, at most 1
     */
    Play hide(Play play, Account account, double strength);
}
