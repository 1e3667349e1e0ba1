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
 * Rewards for a rival's reward model: one rubric, ever new instructions, several candidate answers each. Parameters from
 * OpenBMB/UltraFeedback: temperature 0, top_p 0.6, 1024 tokens, four answers an instruction.
 */
final class RubricGrading implements Script {
    private static final Rule INSTRUCTION = Grammar.standard().rule("harvest.instruction");
    private static final Rule ANSWER = Grammar.standard().rule("answers.answer");

    private final Account account;
    private final String head;
    private final String levels;
    private final boolean hints;
    private final Model model;

    private RubricGrading(Account account) {
        this.account = account;
        Grammar grammar = Grammar.standard();
        Chance chance = account.queue("rubric");
        String aspect = grammar.say("harvest.aspect", chance, 0);
        head = grammar.say("harvest.rubric-head", chance, 0, "aspect", aspect);
        levels = grammar.say("harvest.rubric-levels", chance, 0, "aspect", aspect);
        hints = chance.is(0.4);
        model = Harvest.model(account);
    }

    static Actor cast(Account account) {
        return new Actor("rubric", Harvest.timing(account), SessionShape.between(4, 4, 3), new RubricGrading(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance item = Harvest.item(account, moment.item());
        int field = Harvest.anyField(item);
        Speech speech = draft.prompt(item, field).add(head);
        speech.add("[Instruction]\n").add(INSTRUCTION).add("\n\n[Response]\n");
        speech.with(moment.ownTurn(), field).add(ANSWER).add(levels);
        draft.model = model;
        draft.temperature = 0.0;
        draft.topP = 0.6;
        draft.maxTokens = 1024;
        draft.answerInPrompt = hints;
        draft.answer(190, 0.5);
    }
}
