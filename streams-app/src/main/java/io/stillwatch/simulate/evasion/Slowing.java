package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;

/** Fewer requests in the same time; at full strength 1 of 50. */
final class Slowing implements Evasion {
    private static final double LEAST_PACE = 0.02;

    @Override
    public String name() {
        return "slowing";
    }

    @Override
    public String description() {
        return "fewer requests a day";
    }

    @Override
    public String price() {
        return "time";
    }

    @Override
    public Play hide(Play play, Account account, double strength) {
        return play.withPace(play.pace() * StrictMath.pow(LEAST_PACE, strength));
    }
}
