package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;

/**
 * An evasion with its strength.
 *
 * @param strength 0 for none at all, to 1
 */
public record Disguise(Evasion evasion, double strength) {
    public Disguise {
        if (!(strength >= 0 && strength <= 1)) {
            throw new IllegalArgumentException("A strength is 0 to 1, not " + strength + ".");
        }
    }

    /** The play so hidden; the very same at strength 0. */
    public Play hide(Play play, Account account) {
        return strength == 0 ? play : evasion.hide(play, account, strength);
    }
}
