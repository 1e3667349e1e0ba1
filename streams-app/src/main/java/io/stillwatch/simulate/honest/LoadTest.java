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

/** A load test: a handful of prompts, thousands of times, as fast as the quota allows; many requests are refused. */
final class LoadTest implements Script {
    private static final List<String> SOURCES = List.of("chat.opener", "documents.report", "code.ask", "exam.factual");

    private final List<String> prompts = new ArrayList<>();
    private final Model model;
    private final int maxTokens;

    private LoadTest(Account account) {
        Chance chance = account.own("load test");
        int count = chance.between(1, 4);
        String source = chance.pick(SOURCES);
        for (int i = 0; i < count; i++) {
            prompts.add(Grammar.standard().say(source, chance, i));
        }
        model = Model.of(chance, 3, 3, 0, 2);
        maxTokens = 16 * chance.between(1, 32);
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        return new Actor(
                "load-test",
                Timing.batch(chance.between(0.3, 1.2), chance.between(30, 250)),
                SessionShape.single(),
                chance.between(0.005, 0.06),
                new LoadTest(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        draft.text().append(prompts.get(moment.item() % prompts.size()));
        draft.model = model;
        draft.maxTokens = maxTokens;
        draft.temperature = 1.0;
        draft.stream = true;
        draft.answer(220, 0.3);
    }
}
