package io.stillwatch.simulate.hostile;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.time.Timing;

/** What harvests have in common: programs work off a queue, as fast as they dare. */
final class Harvest {
    private Harvest() {}

    /** Round the clock, in jobs, or dressed up as a service that follows the day. */
    static Timing timing(Account account) {
        Chance chance = account.own("harvest timing");
        double draw = chance.unit();
        if (draw < 0.45) {
            return Timing.flat(chance.between(1.1, 2.8));
        }
        if (draw < 0.75) {
            return Timing.batch(chance.between(0.5, 2), chance.between(700, 5000));
        }
        return Timing.service(account.place().zoneHours(), chance.between(1.2, 2.4));
    }

    /** The stronger models are worth harvesting. */
    static Model model(Account account) {
        return Model.of(account.queue("teacher"), 4, 0.5, 2, 4);
    }

    /** Draws that are the same for every request with the same work, whoever does it. */
    static Chance item(Account account, long number) {
        return new Chance(Chance.seed(Chance.seed(account.queueSeed(), "item"), number));
    }

    /** Any field of knowledge, all alike. */
    static int anyField(Chance chance) {
        return chance.below(Grammar.standard().fields().size());
    }
}
