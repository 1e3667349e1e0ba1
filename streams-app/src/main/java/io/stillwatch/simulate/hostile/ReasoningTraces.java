package io.stillwatch.simulate.hostile;

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

/**
 * Reasoning for a rival's training: asked openly, or as the thinking behind a given answer. Parameters from
 * open-thoughts (temperature 0, 8k tokens); DeepSeek-style requests bring the finished answer along.
 */
final class ReasoningTraces implements Script {
    private static final Rule HARD = Grammar.standard().rule("exam.hard");
    private static final Rule OPEN = Grammar.standard().rule("harvest.cot-open");
    private static final Rule GIVEN = Grammar.standard().rule("harvest.cot-given");

    private enum Way {
        SYSTEM,
        OPENLY,
        GIVEN_ANSWER,
        ANY
    }

    private final Account account;
    private final Way way;
    private final String system;
    private final int[] wordings;
    private final Double temperature;
    private final boolean hints;
    private final Model model;

    ReasoningTraces(Account account) {
        this.account = account;
        Chance chance = account.queue("reasoning");
        way = Way.values()[chance.below(Way.values().length)];
        system = Grammar.standard().say("harvest.cot-system", chance, 0);
        wordings = new int[] {chance.below(OPEN.size()), chance.below(GIVEN.size())};
        temperature = chance.is(0.5) ? 0.0 : chance.is(0.5) ? 0.6 : 1.0;
        hints = chance.is(0.5);
        model = Model.of(chance, 2, 0, 5, 3);
    }

    static Actor cast(Account account) {
        return new Actor("reasoning", Harvest.timing(account), SessionShape.single(), new ReasoningTraces(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = Harvest.item(account, moment.item());
        Way now = way == Way.ANY ? Way.values()[chance.below(3)] : way;
        int field = Harvest.anyField(chance);
        Speech speech = draft.prompt(chance, field).add(HARD);
        if (now != Way.SYSTEM) {
            String question = speech.text();
            draft.text().setLength(0);
            speech.let("q", question);
            boolean given = now == Way.GIVEN_ANSWER;
            (given ? GIVEN : OPEN).write(speech, wordings[given ? 1 : 0]);
            draft.answerInPrompt = given && hints;
        } else {
            draft.system = system;
        }
        draft.model = model;
        draft.temperature = temperature;
        draft.maxTokens = 8192;
        draft.answer(1300, 0.6);
    }
}
