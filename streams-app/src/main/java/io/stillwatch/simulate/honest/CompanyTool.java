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

/**
 * An employee of a company that gave everybody the same tool: one system prompt and one set of parameters, buttons that put
 * the same words around whatever the employee has before them, and free questions.
 */
final class CompanyTool implements Script {
    private static final Rule OPENER = Grammar.standard().rule("work.opener");
    private static final Rule FOLLOWUP = Grammar.standard().rule("work.followup");
    private static final Rule MATERIAL = Grammar.standard().rule("apps.material");
    private static final int BUTTONS = 4;

    private final String system;
    private final String[] buttons = new String[BUTTONS];
    private final double pressesButtons;
    private final Person person;
    private final Model model;

    private CompanyTool(Account account) {
        system = Team.text(account, "work.system");
        Chance tool = account.team("buttons");
        for (int i = 0; i < BUTTONS; i++) {
            buttons[i] = Grammar.standard().say("apps.button", tool, 0);
        }
        person = new Person(account.seed(), account.place().language());
        pressesButtons = account.own("buttons").between(0.1, 0.7);
        model = Model.of(account.team("model"), 5, 3, 1, 1);
    }

    static Actor cast(Account account) {
        return new Actor(
                "company",
                Timing.office(account.place().zoneHours()),
                SessionShape.conversation(account.own("pace").between(1.3, 3.2), 20, 90),
                new CompanyTool(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance session = moment.session();
        Chance chance = moment.ownTurn();
        int field = person.interest(moment);
        if (session.is(pressesButtons)) {
            // Pressing the button again sends the same material; that is how people ask for another version.
            Chance material = session.is(0.3) ? session : chance;
            draft.prompt(material, field).add(buttons[session.zipf(BUTTONS)]).add(MATERIAL);
        } else if (session.is(0.2)) {
            person.say(moment, draft);
        } else {
            draft.prompt(moment.turn() == 0 ? OPENER : FOLLOWUP, chance, field);
            person.typing().apply(draft.text(), 0, chance);
        }
        draft.system = system;
        draft.model = model;
        draft.temperature = 0.5;
        draft.maxTokens = 1500;
        draft.conversation(moment, 350);
        draft.answer(220, 0.7);
    }
}
