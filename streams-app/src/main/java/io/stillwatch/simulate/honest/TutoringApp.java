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

/** A tutoring product: pupils ask for every step and its reason, which is what tutoring is; textbook exercises return. */
final class TutoringApp implements Script {
    private static final Rule PUPIL = Grammar.standard().rule("teaching.pupil");
    private static final Rule REPLY = Grammar.standard().rule("teaching.reply");

    private final String system;
    private final Popular textbook;
    private final EndUsers pupils;
    private final Model model;
    private final int[] fields;

    private TutoringApp(Account account) {
        Chance chance = account.team("tutor");
        system = Team.text(account, "teaching.tutor-system");
        textbook = new Popular(Chance.seed(account.teamSeed(), "textbook"), chance.between(120, 700));
        pupils = EndUsers.of(account, 60, 3000);
        model = Model.of(chance, 3, 3, 2, 2);
        Grammar grammar = Grammar.standard();
        fields = new int[] {
            grammar.field("mathematics"), grammar.field("physics"), grammar.field("biology"), grammar.field("history")
        };
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        return new Actor(
                "tutoring",
                Timing.service(account.place().zoneHours(), chance.between(1.2, 2.2)),
                SessionShape.conversation(chance.between(2, 5), 20, 55),
                new TutoringApp(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = moment.ownTurn();
        int field = fields[moment.session().below(fields.length)];
        if (moment.turn() == 0) {
            Chance exercise = chance.is(0.6) ? textbook.pick(chance) : chance;
            draft.prompt(PUPIL, exercise, field);
        } else {
            draft.prompt(REPLY, chance, field);
            Typing.of(moment.session()).apply(draft.text(), 0, chance);
        }
        draft.system = system;
        draft.model = model;
        draft.temperature = 0.3;
        draft.endUserId = pupils.id(moment);
        draft.conversation(moment, 330);
        draft.answer(240, 0.6);
    }
}
