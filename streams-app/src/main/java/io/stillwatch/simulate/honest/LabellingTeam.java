package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;

/** Annotators who let the model pre-label their items: one guideline, ever new items, a label with its reason. */
final class LabellingTeam implements Script {
    private static final Rule ITEM = Grammar.standard().rule("data.labelitem");

    private final String system;
    private final EndUsers annotators;
    private final Model model;

    private LabellingTeam(Account account) {
        system = Team.text(account, "data.label-system");
        annotators = EndUsers.of(account, 4, 25);
        model = Model.of(account.team("labels"), 4, 3, 0, 1);
    }

    static Actor cast(Account account) {
        return new Actor(
                "labelling",
                Timing.office(account.place().zoneHours()),
                SessionShape.between(5, 40, 22),
                new LabellingTeam(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        draft.prompt(ITEM, moment.ownTurn(), 0);
        draft.system = system;
        draft.model = model;
        draft.temperature = 0.0;
        draft.maxTokens = 150;
        draft.endUserId = annotators.id(moment);
        draft.answer(38, 0.4);
    }
}
