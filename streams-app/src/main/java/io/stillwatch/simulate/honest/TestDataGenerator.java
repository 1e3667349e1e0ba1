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
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;

/** A team that lets the model invent test data: the same few requests with other numbers, long answers up to the limit. */
final class TestDataGenerator implements Script {
    private static final Rule REQUEST = Grammar.standard().rule("data.testdata");

    private final int[] kinds;
    private final int maxTokens;

    private TestDataGenerator(Account account) {
        Chance chance = account.team("test data");
        kinds = new int[] {chance.below(REQUEST.size()), chance.below(REQUEST.size())};
        maxTokens = 1000 * chance.between(2, 4);
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        return new Actor(
                "test-data",
                chance.is(0.5) ? Timing.office(account.place().zoneHours()) : Timing.batch(0.6, 3000),
                SessionShape.conversation(2, 8, 30),
                new TestDataGenerator(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = moment.ownTurn();
        REQUEST.write(draft.prompt(chance, 0), kinds[chance.below(kinds.length)]);
        draft.model = Model.STANDARD;
        draft.temperature = 1.0;
        draft.maxTokens = maxTokens;
        draft.answer(900, 0.5);
    }
}
