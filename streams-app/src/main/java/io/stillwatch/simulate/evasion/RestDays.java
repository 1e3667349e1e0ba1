package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.time.Timing;

/** As many requests a day as before, but days of silence between the days; at full strength one day in seven is active. */
final class RestDays implements Evasion {
    private static final int MOST_SILENT_DAYS = 6;

    @Override
    public String name() {
        return "rest-days";
    }

    @Override
    public String description() {
        return "split over days with silent days between";
    }

    @Override
    public String price() {
        return "time";
    }

    @Override
    public Play hide(Play play, Account account, double strength) {
        int every = 1 + (int) Math.ceil(MOST_SILENT_DAYS * strength);
        return play.withTiming(Timing.everyDays(play.timing(), every)).withPace(play.pace() / every);
    }
}
