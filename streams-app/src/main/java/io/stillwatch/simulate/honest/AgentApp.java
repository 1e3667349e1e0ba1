package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Hex;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;
import java.util.List;

/** An agent product: a task, then turns in which tools report back; or a service desk with a customer in between. */
final class AgentApp implements Script {
    private static final List<String> KINDS = List.of("code", "web", "desk");

    private final String system;
    private final Rule task;
    private final Rule observation;
    private final int tools;
    private final String toolsHash;
    private final Model model;
    private final EndUsers users;
    private final String subject;

    private AgentApp(Account account) {
        Chance chance = account.team("agent");
        String kind = kind(account);
        system = Team.text(account, "agent." + kind + "-system");
        task = Grammar.standard().rule("agent." + kind + "-task");
        observation = Grammar.standard().rule("agent." + kind + "-observation");
        tools = chance.between(4, 20);
        toolsHash = Hex.of(Chance.seed(account.teamSeed(), "tools"), 16);
        model = Model.of(chance, 4, 1, 2, 4);
        users = EndUsers.of(account, 5, 400);
        subject = Grammar.standard().say("code.ident", chance, 0);
    }

    private static String kind(Account account) {
        return account.team("agent kind").pick(KINDS);
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        boolean desk = kind(account).equals("desk");
        return new Actor(
                "agent-" + kind(account),
                Timing.service(account.place().zoneHours(), chance.between(1.4, 2.8)),
                desk ? SessionShape.conversation(6, 24, 30) : SessionShape.between(4, chance.between(12, 40), 9),
                new AgentApp(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        draft.prompt(moment.ownTurn(), 0).let("thing", subject).add(moment.turn() == 0 ? task : observation);
        draft.system = system;
        draft.model = model;
        draft.temperature = 0.0;
        draft.tools = tools;
        draft.toolsHash = toolsHash;
        draft.endUserId = users.id(moment);
        draft.finishReason = moment.turn() < moment.turns() - 1 ? "tool_calls" : null;
        draft.conversation(moment, 500);
        draft.answer(110, 0.8);
    }
}
