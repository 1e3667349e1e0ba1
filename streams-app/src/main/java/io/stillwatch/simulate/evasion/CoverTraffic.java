package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;

/** Ordinary requests between the harvested ones; at full strength 19 of 20. */
final class CoverTraffic implements Evasion {
    private static final double MOST_COVER = 0.95;

    @Override
    public String name() {
        return "mixing";
    }

    @Override
    public String description() {
        return "ordinary requests in between";
    }

    @Override
    public String price() {
        return "the ordinary requests";
    }

    @Override
    public Play hide(Play play, Account account, double strength) {
        return play.withCover(play.cover(), play.share() * (1 - MOST_COVER * strength));
    }
}
