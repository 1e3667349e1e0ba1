package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Place;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;

/**
 * Strangers who use one account, as buyers of resold access do: each conversation is somebody else's, in another language
 * and about other things, round the clock.
 */
final class SharedAccount implements Script {
    private final long peopleSeed;
    private final int people;

    private SharedAccount(Account account) {
        Chance seeds = account.own("strangers");
        peopleSeed = seeds.nextLong();
        people = seeds.logUniform(3, 40);
    }

    static Actor cast(Account account) {
        return new Actor(
                "strangers",
                Timing.service(account.place().zoneHours(), 1.5),
                SessionShape.conversation(account.own("pace").between(1.4, 3), 30, 70),
                new SharedAccount(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance session = Chance.of(moment.seed(), "stranger");
        long stranger = Chance.seed(peopleSeed, session.zipf(people));
        Chance traits = Chance.of(stranger, "traits");
        new Person(stranger, Place.of(traits).language()).say(moment, draft);
        draft.model = Model.of(traits, 4, 3, 2, 2);
        draft.temperature = traits.is(0.3) ? 0.7 : null;
        draft.stream = traits.is(0.8);
        draft.conversation(moment, 320);
        draft.answer(240, 0.8);
    }
}
