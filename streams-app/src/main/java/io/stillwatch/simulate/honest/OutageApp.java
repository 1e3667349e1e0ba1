package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.time.Timing;

/** Users of a popular app, through outages after which all their clients ask again in the same second. */
final class OutageApp {
    private OutageApp() {}

    static Actor cast(Account account) {
        Actor user = PopularApp.cast(account);
        return user.withTiming(Timing.throughOutages(user.timing(), Chance.seed(account.teamSeed(), "outages")));
    }
}
