package io.stillwatch.simulate.hostile;

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

/** Trajectories with tools from a sandbox: one set of tools, no person, results within seconds, each task several times. */
final class AgenticHarvest implements Script {
    private static final Rule TASK = Grammar.standard().rule("agent.sandbox-task");
    private static final Rule OBSERVATION = Grammar.standard().rule("agent.sandbox-observation");

    private final Account account;
    private final String system;
    private final int tools;
    private final String toolsHash;
    private final int runs;
    private final Model model;

    private AgenticHarvest(Account account) {
        this.account = account;
        Chance chance = account.queue("trajectories");
        system = Grammar.standard().say("agent.sandbox-system", chance, 0);
        tools = chance.between(5, 14);
        toolsHash = Hex.of(Chance.seed(account.queueSeed(), "tools"), 16);
        runs = chance.between(2, 6);
        model = Harvest.model(account);
    }

    static Actor cast(Account account) {
        return new Actor(
                "trajectories", Harvest.timing(account), SessionShape.between(4, 18, 2.5), new AgenticHarvest(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        if (moment.turn() == 0) {
            draft.prompt(TASK, Harvest.item(account, moment.item() / runs), 0);
        } else {
            draft.prompt(OBSERVATION, moment.ownTurn(), 0);
        }
        draft.system = system;
        draft.model = model;
        draft.temperature = 0.8;
        draft.tools = tools;
        draft.toolsHash = toolsHash;
        draft.maxTokens = 2048;
        draft.finishReason = moment.turn() < moment.turns() - 1 ? "tool_calls" : null;
        draft.conversation(moment, 450);
        draft.answer(170, 0.7);
    }
}
