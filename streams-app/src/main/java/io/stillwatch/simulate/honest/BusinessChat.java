package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.text.Typing;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;

/** An employee: the company's assistant with its one system prompt, and colleagues on the same network and payment. */
final class BusinessChat implements Script {
    private static final Rule OPENER = Grammar.standard().rule("work.opener");
    private static final Rule FOLLOWUP = Grammar.standard().rule("work.followup");

    private final String system;
    private final Person person;
    private final Typing typing;
    private final Model model;

    private BusinessChat(Account account) {
        system = Team.text(account, "work.system");
        person = new Person(account.seed(), account.place().language());
        typing = person.typing();
        model = Model.of(account.team("model"), 5, 3, 1, 1);
    }

    static Actor cast(Account account) {
        return new Actor(
                "work",
                Timing.office(account.place().zoneHours()),
                SessionShape.conversation(account.own("pace").between(1.5, 3.5), 20, 90),
                new BusinessChat(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = moment.ownTurn();
        if (moment.session().is(0.2)) {
            person.say(moment, draft);
        } else {
            draft.prompt(moment.turn() == 0 ? OPENER : FOLLOWUP, chance, person.interest(moment));
            typing.apply(draft.text(), 0, chance);
        }
        draft.system = system;
        draft.model = model;
        draft.temperature = 0.5;
        draft.conversation(moment, 350);
        draft.answer(220, 0.7);
    }
}
