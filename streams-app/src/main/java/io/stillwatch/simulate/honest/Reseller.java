package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;
import java.util.ArrayList;
import java.util.List;

/**
 * A platform that resells access: hundreds of people and a few applications behind one account, every topic and several
 * languages, round the clock.
 */
final class Reseller implements Script {
    private static final List<String> LANGUAGES =
            List.of("en", "en", "en", "en", "de", "fr", "es", "pt", "it", "zh", "ja", "ru");
    private static final List<String> APPS =
            List.of("chat.npcsystem", "work.system", "teaching.tutor-system", "data.marketing-system");

    private final EndUsers users;
    private final List<String> systems = new ArrayList<>();
    private final long seed;

    private Reseller(Account account) {
        seed = account.seed();
        users = EndUsers.of(account, 300, 5000);
        Chance chance = account.own("apps");
        int count = chance.between(2, 7);
        for (int i = 0; i < count; i++) {
            systems.add(Grammar.standard()
                    .say(
                            chance.pick(APPS),
                            chance,
                            chance.below(Grammar.standard().fields().size()),
                            "org",
                            Team.name(account)));
        }
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        return new Actor(
                "reseller",
                chance.is(0.4)
                        ? Timing.flat(chance.between(1.0, 1.8))
                        : Timing.service(account.place().zoneHours(), chance.between(1.2, 2)),
                SessionShape.conversation(chance.between(1.8, 3.5), 25, 70),
                new Reseller(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        long user = users.at(moment);
        Chance traits = Chance.of(user, "traits");
        new Person(user, traits.pick(LANGUAGES)).say(moment, draft);
        Chance app = new Chance(Chance.seed(seed, traits.below(systems.size() * 2)));
        int which = app.below(systems.size() + 2);
        draft.system = which < systems.size() ? systems.get(which) : null;
        draft.model = Model.of(traits, 4, 4, 2, 3);
        draft.temperature = traits.is(0.5) ? 1.0 : traits.is(0.5) ? 0.7 : 0.2;
        draft.stream = true;
        draft.endUserId = users.id(moment);
        draft.conversation(moment, 300);
        draft.answer(210, 0.9);
    }
}
