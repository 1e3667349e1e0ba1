package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.time.Timing;

/** A shop whose plug-in writes its listings: the same order as in all shops, for goods of its own, started by a timer on the hour. */
final class HourlyPlugIn {
    private HourlyPlugIn() {}

    static Actor cast(Account account) {
        return TextMill.cast(account, TextMill.Work.LISTINGS)
                .withTiming(Timing.onTheHour(Timing.service(account.place().zoneHours(), 1.2)));
    }
}
