package io.stillwatch.simulate.actor;

import java.util.function.Function;

/**
 * A kind of account: an honest persona or a hostile behaviour.
 *
 * @param kind its name in plans and truth files
 * @param label what it is
 * @param footing where its requests come from
 * @param team accounts that share a team by default; 1 for accounts that stand alone
 * @param signUps when the accounts were created, unless the plan says it
 * @param description one line for people
 * @param casting gives an account its role
 */
public record Behaviour(
        String kind,
        Label label,
        Footing footing,
        int team,
        SignUps signUps,
        String description,
        Function<Account, Actor> casting) {
    /** A team that is the whole group, however big. */
    public static final int WHOLE_GROUP = Integer.MAX_VALUE;

    public static Behaviour honest(String kind, Footing footing, String description, Function<Account, Actor> casting) {
        return new Behaviour(kind, Label.HONEST, footing, 1, SignUps.USUAL, description, casting);
    }

    public static Behaviour hostile(
            String kind, Footing footing, String description, Function<Account, Actor> casting) {
        return new Behaviour(kind, Label.HOSTILE, footing, 1, SignUps.USUAL, description, casting);
    }

    /** The same kind whose accounts come in teams of that size. */
    public Behaviour inTeamsOf(int size) {
        return new Behaviour(kind, label, footing, size, signUps, description, casting);
    }

    /** The same kind whose accounts were created at other times than usual. */
    public Behaviour signedUp(SignUps when) {
        return new Behaviour(kind, label, footing, team, when, description, casting);
    }

    public Actor play(Account account) {
        return casting.apply(account);
    }
}
