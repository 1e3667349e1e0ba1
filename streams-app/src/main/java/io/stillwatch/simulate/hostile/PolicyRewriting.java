package io.stillwatch.simulate.hostile;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.time.SessionShape;

/** Sensitive questions in, harmless versions and compliant answers out, by one template. */
final class PolicyRewriting implements Script {
    private static final Rule QUESTION = Grammar.standard().rule("harvest.sensitive");

    private final Account account;
    private final String template;
    private final Model model;

    private PolicyRewriting(Account account) {
        this.account = account;
        template = Grammar.standard().say("harvest.policy", account.queue("policy"), 0);
        model = Harvest.model(account);
    }

    static Actor cast(Account account) {
        return new Actor("policy", Harvest.timing(account), SessionShape.single(), new PolicyRewriting(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        draft.prompt(Harvest.item(account, moment.item()), 0).add(template).add(QUESTION);
        draft.model = model;
        draft.temperature = 0.3;
        draft.maxTokens = 1024;
        draft.filtered = 0.04;
        draft.answer(230, 0.5);
    }
}
