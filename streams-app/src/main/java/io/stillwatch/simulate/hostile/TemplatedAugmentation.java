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

/** One template with thousands of fillings, all after one ability. */
final class TemplatedAugmentation implements Script {
    private static final Rule TEMPLATES = Grammar.standard().rule("harvest.augmentation");

    private final Account account;
    private final int template;
    private final Double temperature;
    private final Model model;

    private TemplatedAugmentation(Account account) {
        this.account = account;
        Chance chance = account.queue("augmentation");
        template = chance.below(TEMPLATES.size());
        temperature = chance.is(0.5) ? 0.9 : 1.0;
        model = Harvest.model(account);
    }

    static Actor cast(Account account) {
        return new Actor(
                "augmentation", Harvest.timing(account), SessionShape.single(), new TemplatedAugmentation(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        TEMPLATES.write(draft.prompt(Harvest.item(account, moment.item()), 0), template);
        draft.model = model;
        draft.temperature = temperature;
        draft.maxTokens = 1500;
        draft.answer(480, 0.5);
    }
}
