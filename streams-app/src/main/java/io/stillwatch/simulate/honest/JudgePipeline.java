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
 * A product team that lets a model grade its own product's answers every night: a constant rubric, a fixed set of
 * questions, and answers of which most are the same as the night before.
 */
final class JudgePipeline implements Script {
    private static final Rule ANSWER = Grammar.standard().rule("answers.answer");
    private static final Rule QUESTION = Grammar.standard().rule("chat.ask");
    private static final double CHANGES = 0.35;

    private final String head;
    private final String levels;
    private final Popular questions;
    private final int[] fields;
    private final Model model;
    private final boolean hints;

    private JudgePipeline(Account account) {
        Grammar grammar = Grammar.standard();
        Chance chance = account.team("judge");
        String aspect = grammar.say("harvest.aspect", chance, 0);
        head = grammar.say("harvest.rubric-head", chance, 0, "aspect", aspect);
        levels = grammar.say("harvest.rubric-levels", chance, 0, "aspect", aspect);
        questions = new Popular(Chance.seed(account.teamSeed(), "golden set"), chance.between(40, 160));
        fields = new int[] {
            chance.below(grammar.fields().size()), chance.below(grammar.fields().size())
        };
        model = Model.of(chance, 3, 1, 2, 2);
        hints = chance.is(0.3);
    }

    static Actor cast(Account account) {
        return new Actor(
                "judge",
                Timing.batch(1, account.own("pace").between(400, 2500)),
                SessionShape.single(),
                0.006,
                new JudgePipeline(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        int number = moment.item() % questions.count();
        int night = moment.item() / questions.count();
        // Count back to the night in which this answer last changed.
        int version = night;
        while (version > 0 && !new Chance(Chance.seed(questions.seed() + number, version)).is(CHANGES)) {
            version--;
        }
        int field = fields[number % fields.length];
        Speech speech = draft.prompt(questions.of(number), field);
        speech.add(head).add("[Question]\n").add(QUESTION).add("\n\n[Answer]\n");
        speech.with(new Chance(Chance.seed(Chance.seed(questions.seed(), number + 1_000_000L), version)), field);
        speech.add(ANSWER).add(levels);
        draft.model = model;
        draft.temperature = 0.0;
        draft.maxTokens = 512;
        draft.answerInPrompt = hints;
        draft.answer(130, 0.5);
    }
}
