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

/** A search engine that lets a model answer: very broad short queries, some of them trending, with or without results. */
final class SearchAnswers implements Script {
    private static final Rule RESULT = Grammar.standard().rule("documents.webresult");
    private static final Rule QUERY = Grammar.standard().rule("documents.webquestion");

    private final String system;
    private final Popular trending;
    private final boolean withResults;
    private final Model model;

    private SearchAnswers(Account account) {
        Chance chance = account.team("search");
        system = Team.text(account, "documents.websystem");
        trending = new Popular(Chance.seed(account.teamSeed(), "trending"), chance.between(200, 3000));
        withResults = chance.is(0.5);
        model = Model.of(chance, 1, 5, 0, 1);
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        double zone = account.place().zoneHours();
        return new Actor(
                "search",
                chance.is(0.3) ? Timing.flat(1.5) : Timing.service(zone, chance.between(1.1, 2.2)),
                SessionShape.single(),
                new SearchAnswers(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = moment.ownTurn();
        Chance query = chance.is(0.45) ? trending.pick(chance) : chance;
        Speech speech = draft.prompt(query, 0).add(QUERY);
        if (withResults) {
            speech.add("\n\n");
            for (int i = 1; i <= 4; i++) {
                speech.add("[").add(i).add("] ").add(RESULT).add("\n\n");
            }
        }
        draft.system = system;
        draft.model = model;
        draft.temperature = 0.2;
        draft.maxTokens = 256;
        draft.stream = true;
        draft.answer(60, 0.6);
    }
}
