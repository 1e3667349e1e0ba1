package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Hex;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.chance.Chance;

/**
 * The people behind an application: a few come often, most seldom.
 *
 * @param seed of the application's users
 * @param count how many there are, at least 1
 */
record EndUsers(long seed, int count) {
    static EndUsers of(Account account, int least, int most) {
        return new EndUsers(
                Chance.seed(account.seed(), "end users"),
                account.own("end users").logUniform(least, most));
    }

    /** Seed of the user who has this session. */
    long at(Moment moment) {
        return Chance.seed(seed, Chance.of(moment.seed(), "end user").zipf(count));
    }

    String id(Moment moment) {
        return "user-" + Hex.of(at(moment), 10);
    }
}
