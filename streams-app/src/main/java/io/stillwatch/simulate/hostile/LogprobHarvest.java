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
import java.util.Map;

/**
 * Probabilities of next words: tiny answers, as many alternatives as the interface gives, at volume. After the
 * extraction of projection layers and soft labels (arXiv 2403.06634, 2403.09539).
 */
final class LogprobHarvest implements Script {
    private static final Rule CONTEXT = Grammar.standard().rule("harvest.logprob");
    private static final Map<String, String> BIAS = Map.of("logit_bias", "{\"1734\":100}");

    private final Account account;
    private final int maxTokens;
    private final int topLogprobs;
    private final boolean biased;
    private final boolean completes;
    private final Model model;

    private LogprobHarvest(Account account) {
        this.account = account;
        Chance chance = account.queue("logprobs");
        maxTokens = chance.is(0.6) ? 1 : chance.between(2, 8);
        topLogprobs = chance.is(0.5) ? 20 : 5;
        biased = chance.is(0.5);
        completes = chance.is(0.5);
        model = Model.of(chance, 3, 3, 0, 1);
    }

    static Actor cast(Account account) {
        return new Actor("logprobs", Harvest.timing(account), SessionShape.single(), new LogprobHarvest(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        draft.prompt(CONTEXT, Harvest.item(account, moment.item()), 0);
        draft.operation = completes ? "text_completion" : "chat";
        draft.model = model;
        draft.temperature = 0.0;
        draft.maxTokens = maxTokens;
        draft.logprobs = true;
        draft.topLogprobs = topLogprobs;
        draft.attributes = biased ? BIAS : Map.of();
        draft.answer(20, 0.3);
    }
}
