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

/** Answers over a company's documents: long contexts in which the same passages return, and short questions. */
final class RagAnswers implements Script {
    private static final Rule PASSAGE = Grammar.standard().rule("documents.passage");
    private static final Rule QUESTION = Grammar.standard().rule("documents.question");

    private final String system;
    private final Popular passages;
    private final int perQuestion;
    private final EndUsers users;
    private final Model model;
    private final boolean questionFirst;

    private RagAnswers(Account account) {
        Chance chance = account.team("rag");
        system = Team.text(account, "documents.ragsystem");
        passages = new Popular(Chance.seed(account.teamSeed(), "documents"), chance.logUniform(80, 1500));
        perQuestion = chance.between(3, 7);
        users = EndUsers.of(account, 30, 2000);
        model = Model.of(chance, 3, 4, 0, 2);
        questionFirst = chance.is(0.3);
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        return new Actor(
                "rag",
                Timing.service(account.place().zoneHours(), chance.between(1.2, 2.5)),
                SessionShape.conversation(1.4, 6, 70),
                new RagAnswers(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = moment.ownTurn();
        int asked = moment.session().zipf(passages.count());
        Speech speech = draft.prompt(chance, 0);
        if (questionFirst) {
            // The asked passage binds the subject that the question is about.
            speech.with(passages.of(asked), 0).add(PASSAGE);
            draft.text().setLength(0);
            speech.with(chance, 0).add("Question: ").add(QUESTION).add("\n\nContext:\n");
        } else {
            speech.add("Context:\n");
        }
        for (int i = 1; i < perQuestion; i++) {
            speech.with(passages.of(neighbour(asked, i)), 0).add(PASSAGE).add("\n\n");
        }
        speech.with(passages.of(asked), 0).add(PASSAGE).with(chance, 0);
        if (!questionFirst) {
            speech.add("\n\nQuestion: ").add(QUESTION);
        }
        draft.system = system;
        draft.model = model;
        draft.temperature = 0.0;
        draft.maxTokens = 500;
        draft.endUserId = users.id(moment);
        draft.conversation(moment, 700);
        draft.answer(95, 0.6);
    }

    /** Retrieval finds the same neighbours whenever it finds the same passage. */
    private int neighbour(int passage, int which) {
        return (passage + which * which + which) % passages.count();
    }
}
