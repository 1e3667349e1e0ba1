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
import io.stillwatch.simulate.text.Speech;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;

/**
 * Somebody who uses a popular app with an account of their own: the app's system prompt, its words around the user's text
 * and its parameters are the same for everybody, the texts are each one's own. Users try again and press for another version.
 */
final class PopularApp implements Script {
    private static final Rule MATERIAL = Grammar.standard().rule("apps.material");
    private static final Rule AGAIN = Grammar.standard().rule("apps.again");

    private final String system;
    private final String frame;
    private final Model model;
    private final double temperature;
    private final int maxTokens;
    private final Person person;

    private PopularApp(Account account) {
        Chance app = account.team("app");
        Grammar grammar = Grammar.standard();
        String name = grammar.say("words.company", app, 0);
        system = grammar.say("apps.system", app, 0, "org", name);
        frame = grammar.say("apps.frame", app, 0);
        model = Model.of(app, 2, 3, 0, 1);
        temperature = app.is(0.5) ? 0.7 : 0.3;
        maxTokens = 100 * app.between(4, 12);
        person = new Person(account.seed(), account.place().language());
    }

    static Actor cast(Account account) {
        return new Actor(
                "app",
                Timing.human(account.place().zoneHours()),
                SessionShape.conversation(account.own("pace").between(1.1, 1.9), 8, 40),
                new PopularApp(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        // Another version of the same text, or the next text; the app keeps no conversation.
        Chance text = moment.turn() > 0 && moment.ownTurn().is(0.6) ? moment.session() : moment.ownTurn();
        Speech speech = draft.prompt(text, person.interest(moment)).add(frame).add(MATERIAL);
        if (moment.turn() > 0 && moment.ownTurn().is(0.4)) {
            speech.add("\n").add(AGAIN);
        }
        draft.system = system;
        draft.model = model;
        draft.temperature = temperature;
        draft.maxTokens = maxTokens;
        draft.stream = true;
        draft.answer(180, 0.6);
    }
}
