package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.claim.Guise;

/**
 * An evasion with its strength, and what is claimed beside.
 *
 * @param strength 0 for none at all, to 1
 * @param guise claims that the account makes in all its requests
 */
public record Disguise(Evasion evasion, double strength, Guise guise) {
    /** Nothing is claimed. */
    public Disguise(Evasion evasion, double strength) {
        this(evasion, strength, Guise.NONE);
    }

    /** Nothing but claims. */
    public static Disguise claiming(Guise guise) {
        return new Disguise(Evasions.all().get(0), 0, guise);
    }

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
