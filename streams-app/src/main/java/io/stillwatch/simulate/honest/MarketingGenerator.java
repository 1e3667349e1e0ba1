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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tool that writes advertising: one voice, a catalogue of products that return, long answers, sometimes several at once. */
final class MarketingGenerator implements Script {
    private static final Rule BRIEF = Grammar.standard().rule("data.marketing");

    private final String system;
    private final List<String> products = new ArrayList<>();
    private final @Nullable Integer answers;
    private final int maxTokens;
    private final Model model;

    private MarketingGenerator(Account account) {
        Chance chance = account.team("marketing");
        system = Team.text(account, "data.marketing-system");
        int count = chance.between(25, 220);
        for (int i = 0; i < count; i++) {
            products.add(Grammar.standard().say("data.item", chance, 0));
        }
        answers = chance.is(0.3) ? 3 : null;
        maxTokens = 200 * chance.between(2, 6);
        model = Model.of(chance, 4, 2, 0, 2);
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        return new Actor(
                "marketing",
                chance.is(0.5)
                        ? Timing.office(account.place().zoneHours())
                        : Timing.batch(chance.between(0.4, 1), chance.between(800, 4000)),
                SessionShape.conversation(1.5, 5, 70),
                new MarketingGenerator(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        String product = products.get(moment.session().zipf(products.size()));
        draft.prompt(moment.ownTurn(), 0).let("item", product).add(BRIEF);
        draft.system = system;
        draft.model = model;
        draft.temperature = 0.9;
        draft.n = answers;
        draft.maxTokens = maxTokens;
        draft.answer(210, 0.6);
    }
}
