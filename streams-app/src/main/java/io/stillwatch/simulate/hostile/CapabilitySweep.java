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
import java.util.ArrayList;
import java.util.List;

/** Every ability once: items of all families of tests in turn, all topics alike, no follow-up. */
final class CapabilitySweep implements Script {
    private final Account account;
    private final List<Rule> families = new ArrayList<>();
    private final Double temperature;
    private final int maxTokens;
    private final Model model;

    CapabilitySweep(Account account) {
        this.account = account;
        Grammar grammar = Grammar.standard();
        Rule names = grammar.rule("exam.family");
        for (int i = 0; i < names.size(); i++) {
            Speech name = new Speech(grammar);
            names.write(name, i);
            families.add(grammar.rule("exam." + name.text()));
        }
        Chance chance = account.queue("sweep");
        temperature = chance.is(0.6) ? 0.0 : 0.7;
        maxTokens = 1024 * chance.between(1, 3);
        model = Harvest.model(account);
    }

    static Actor cast(Account account) {
        return new Actor("sweep", Harvest.timing(account), SessionShape.single(), new CapabilitySweep(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Rule family = families.get(moment.item() % families.size());
        draft.prompt(family, Harvest.item(account, moment.item()), 0);
        draft.model = model;
        draft.temperature = temperature;
        draft.maxTokens = maxTokens;
        draft.answer(260, 0.8);
    }
}
