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
 * Instructions made harder step by step: the answer to one request is the input of the next, the last one is solved.
 * Parameters from nlpxucan/WizardLM: temperature 1, top_p 0.95, 2048 tokens.
 */
final class EvolvedInstructions implements Script {
    private static final Rule EVOLVE = Grammar.standard().rule("harvest.evolve");
    private static final Rule INSTRUCTION = Grammar.standard().rule("harvest.instruction");
    private static final Rule DEEPENING = Grammar.standard().rule("harvest.deepening");

    private final Account account;
    private final Model model;

    private EvolvedInstructions(Account account) {
        this.account = account;
        model = Harvest.model(account);
    }

    static Actor cast(Account account) {
        return new Actor(
                "evolved", Harvest.timing(account), SessionShape.between(3, 6, 6), new EvolvedInstructions(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        boolean solve = moment.turn() == moment.turns() - 1;
        Chance item = Harvest.item(account, moment.item());
        Speech speech = draft.prompt(moment.ownTurn(), 0);
        if (!solve) {
            EVOLVE.write(speech, moment.ownTurn().below(EVOLVE.size()));
        }
        speech.with(item, Harvest.anyField(item)).add(INSTRUCTION);
        for (int i = 0; i < moment.turn(); i++) {
            speech.add(" ").add(DEEPENING);
        }
        draft.model = model;
        draft.temperature = 1.0;
        draft.topP = 0.95;
        draft.maxTokens = 2048;
        draft.answer(solve ? 520 : 70, 0.5);
    }
}
