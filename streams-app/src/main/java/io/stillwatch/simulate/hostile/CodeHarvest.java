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

/** Programming tasks of a code data set, each once, with no project around them. */
final class CodeHarvest implements Script {
    private static final Rule TASK = Grammar.standard().rule("code.task");

    private final Account account;
    private final Double temperature;
    private final boolean plainSystem;
    private final Model model;

    CodeHarvest(Account account) {
        this.account = account;
        Chance chance = account.queue("code");
        temperature = chance.is(0.5) ? 0.2 : 0.8;
        plainSystem = chance.is(0.4);
        model = Harvest.model(account);
    }

    static Actor cast(Account account) {
        return new Actor("code-tasks", Harvest.timing(account), SessionShape.single(), new CodeHarvest(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        draft.prompt(TASK, Harvest.item(account, moment.item()), 0);
        draft.system = plainSystem ? "You are an expert programmer. Answer with code and a short explanation." : null;
        draft.model = model;
        draft.temperature = temperature;
        draft.maxTokens = 2048;
        draft.answer(420, 0.6);
    }
}
