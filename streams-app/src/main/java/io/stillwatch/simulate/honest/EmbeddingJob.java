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

/** Documents of a company turned into vectors, each once, and again when they change; no answer at all. */
final class EmbeddingJob implements Script {
    private static final Rule PASSAGE = Grammar.standard().rule("documents.passage");

    private final Popular documents;

    private EmbeddingJob(Account account) {
        documents = new Popular(
                Chance.seed(account.teamSeed(), "documents"),
                account.team("documents").between(300, 6000));
    }

    static Actor cast(Account account) {
        return new Actor(
                "embeddings",
                Timing.batch(account.own("pace").between(0.5, 2), 120),
                SessionShape.single(),
                new EmbeddingJob(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        int number = moment.item() % documents.count();
        int version = moment.item() / documents.count();
        Chance chance = documents.of(number);
        draft.prompt(PASSAGE, version > 0 && chance.is(0.1) ? moment.session() : chance, 0);
        draft.operation = "embeddings";
        draft.model = Model.SMALL;
    }
}
