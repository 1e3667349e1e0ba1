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
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;

/** A person who lives in the chat window: work, code and hobbies, hundreds of requests a week, in long conversations. */
final class BusyHuman implements Script {
    private static final Rule WORK = Grammar.standard().rule("work.opener");
    private static final Rule WORK_NEXT = Grammar.standard().rule("work.followup");
    private static final Rule CODE = Grammar.standard().rule("code.ask");
    private static final Rule CODE_NEXT = Grammar.standard().rule("code.follow");

    private final Person person;
    private final double work;
    private final double code;
    private final Model model;

    private BusyHuman(Account account) {
        Chance chance = account.own("busy");
        person = new Person(account.seed(), account.place().language());
        work = chance.between(0.1, 0.7);
        code = chance.is(0.4) ? chance.between(0.2, 0.8) : 0;
        model = Model.of(chance, 4, 1, 3, 3);
    }

    static Actor cast(Account account) {
        return new Actor(
                "busy-" + account.place().language(),
                Timing.human(account.place().zoneHours()),
                SessionShape.conversation(account.own("pace").between(3, 7), 60, 50),
                new BusyHuman(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance session = moment.session();
        int field = person.interest(moment);
        boolean first = moment.turn() == 0;
        if (session.is(work)) {
            boolean coding = session.is(code);
            Rule rule = coding ? first ? CODE : CODE_NEXT : first ? WORK : WORK_NEXT;
            Chance chance = moment.ownTurn();
            draft.prompt(rule, chance, field);
            if (!coding) {
                person.typing().apply(draft.text(), 0, chance);
            }
        } else {
            person.say(moment, draft, field);
        }
        draft.model = model;
        draft.stream = true;
        draft.conversation(moment, 450);
        draft.answer(330, 0.8);
    }
}
