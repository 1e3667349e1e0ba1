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
import io.stillwatch.simulate.time.SessionShape;

/** Many samples of one prompt, by repeating it at a high temperature or by asking for several answers at once. */
final class BestOfN implements Script {
    private static final Rule INSTRUCTION = Grammar.standard().rule("harvest.instruction");
    private static final Rule HARD = Grammar.standard().rule("exam.hard");

    private final Account account;
    private final boolean together;
    private final int answers;
    private final boolean hard;
    private final Model model;

    private BestOfN(Account account) {
        this.account = account;
        Chance chance = account.queue("samples");
        together = atOnce(account);
        answers = chance.between(4, 10);
        hard = chance.is(0.5);
        model = Harvest.model(account);
    }

    private static boolean atOnce(Account account) {
        return account.queue("samples at once").is(0.35);
    }

    static Actor cast(Account account) {
        SessionShape shape = atOnce(account) ? SessionShape.single() : SessionShape.between(4, 16, 3);
        return new Actor("samples", Harvest.timing(account), shape, new BestOfN(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance item = Harvest.item(account, moment.item());
        draft.prompt(hard ? HARD : INSTRUCTION, item, Harvest.anyField(item));
        draft.model = model;
        draft.temperature = 1.0;
        draft.topP = 0.95;
        draft.maxTokens = 2048;
        draft.n = together ? answers : null;
        draft.answer(420, 0.6);
    }
}
