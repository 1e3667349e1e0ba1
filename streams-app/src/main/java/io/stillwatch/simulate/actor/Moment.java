package io.stillwatch.simulate.actor;

import io.stillwatch.simulate.chance.Chance;

/**
 * A request to be made.
 *
 * @param seed of the session's content: the same seed makes the same session
 * @param item number of the session in the account's or campaign's work
 * @param turn position in the session, from 0
 * @param turns length of the session, at least 1
 * @param timeMs milliseconds since 1970 UTC
 */
public record Moment(long seed, int item, int turn, int turns, long timeMs) {
    /** Draws that are the same for every turn of the session; a new stream each time. */
    public Chance session() {
        return new Chance(seed);
    }

    /** Draws of this turn alone; a new stream each time. */
    public Chance ownTurn() {
        return turn(turn);
    }

    /** Draws of the given turn of the session. */
    public Chance turn(int which) {
        return new Chance(Chance.seed(seed, which + 1L));
    }
}
