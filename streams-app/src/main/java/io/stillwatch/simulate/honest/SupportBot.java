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
import io.stillwatch.simulate.text.Typing;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;
import java.util.List;

/**
 * A company's support bot: one system prompt, and customers who mostly ask the same questions, by button or in their own
 * words.
 */
final class SupportBot implements Script {
    static final List<String> TRADES =
            List.of("bank", "telecom", "shop", "airline", "software", "energy", "clinic", "delivery");
    private static final Rule GREETING = Grammar.standard().rule("support.greeting");
    private static final Rule CLOSING = Grammar.standard().rule("support.closing");
    private static final Rule TURN = Grammar.standard().rule("support.turn");

    private final String system;
    private final Rule question;
    private final Popular common;
    private final EndUsers customers;
    private final int maxTokens;
    private final Model model;
    private final boolean namesUsers;

    private SupportBot(Account account) {
        String trade = trade(account);
        Chance chance = account.team("support");
        system = Team.text(account, "support." + trade + "-system");
        question = Grammar.standard().rule("support." + trade + "-question");
        common = new Popular(Chance.seed(account.teamSeed(), "questions"), chance.between(60, 400));
        customers = EndUsers.of(account, 300, 20_000);
        maxTokens = 100 * chance.between(2, 6);
        model = Model.of(chance, 2, 6, 0, 1);
        namesUsers = chance.is(0.7);
    }

    private static String trade(Account account) {
        return account.team("trade").pick(TRADES);
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        return new Actor(
                "support-" + trade(account),
                Timing.service(account.place().zoneHours(), chance.between(1.3, 2.6)),
                SessionShape.conversation(chance.between(1.2, 3.5), 10, 55),
                new SupportBot(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = moment.ownTurn();
        if (moment.turn() == 0) {
            open(chance, draft);
        } else {
            draft.prompt(TURN, chance, 0);
            if (chance.is(0.3)) {
                draft.prompt(question, chance, 0);
            }
            Typing.of(moment.session()).apply(draft.text(), 0, chance);
        }
        draft.system = system;
        draft.model = model;
        draft.temperature = 0.2;
        draft.maxTokens = maxTokens;
        draft.conversation(moment, 160);
        draft.endUserId = namesUsers ? customers.id(moment) : null;
        draft.answer(75, 0.55);
    }

    private void open(Chance chance, Draft draft) {
        // Buttons and suggested questions come word for word; the rest is typed, often about the same things.
        double how = chance.unit();
        if (how < 0.4) {
            draft.prompt(question, common.pick(chance), 0);
            return;
        }
        Chance topic = how < 0.75 ? common.pick(chance) : chance;
        Speech speech = draft.prompt(chance, 0);
        if (chance.is(0.4)) {
            speech.add(GREETING).add(" ");
        }
        speech.with(topic, 0).add(question).with(chance, 0);
        if (chance.is(0.3)) {
            speech.add(" ").add(CLOSING);
        }
        Typing.of(chance).apply(draft.text(), 0, chance);
    }
}
