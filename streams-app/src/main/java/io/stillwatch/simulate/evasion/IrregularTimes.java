package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.time.Timing;

/** A share of the requests at the times of a person instead of a program's: sittings, nights and pauses. */
final class IrregularTimes implements Evasion {
    @Override
    public String name() {
        return "irregular-times";
    }

    @Override
    public String description() {
        return "a person's hours and pauses";
    }

    @Override
    public String price() {
        return "";
    }

    @Override
    public Play hide(Play play, Account account, double strength) {
        return play.withTiming(Timing.partly(Timing.human(account.place().zoneHours()), strength, play.timing()));
    }
}
