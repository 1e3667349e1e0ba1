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

/** Which of two answers is better, asked in both orders, for a rival's preference data. */
final class PreferencePairs implements Script {
    private static final Rule INSTRUCTION = Grammar.standard().rule("harvest.instruction");
    private static final Rule ANSWER = Grammar.standard().rule("answers.answer");

    private final Account account;
    private final String head;
    private final boolean hints;
    private final Model model;

    private PreferencePairs(Account account) {
        this.account = account;
        Grammar grammar = Grammar.standard();
        Chance chance = account.queue("pairs");
        head = grammar.say("harvest.pair-head", chance, 0, "aspect", grammar.say("harvest.aspect", chance, 0));
        hints = chance.is(0.4);
        model = Harvest.model(account);
    }

    static Actor cast(Account account) {
        return new Actor("pairs", Harvest.timing(account), SessionShape.between(2, 2, 2), new PreferencePairs(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance item = Harvest.item(account, moment.item());
        int field = Harvest.anyField(item);
        Speech speech = draft.prompt(item, field).add(head);
        speech.add("Instruction: ").add(INSTRUCTION);
        int swapped = moment.turn() % 2;
        speech.add("\n\nResponse A:\n").with(moment.turn(10 + swapped), field).add(ANSWER);
        speech.add("\n\nResponse B:\n").with(moment.turn(11 - swapped), field).add(ANSWER);
        draft.model = model;
        draft.temperature = 0.0;
        draft.maxTokens = 512;
        draft.answerInPrompt = hints;
        draft.answer(90, 0.6);
    }
}
