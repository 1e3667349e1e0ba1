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

/** A developer who talks to the assistant in the editor: long system prompt, tools, many turns, a growing context. */
final class CodeAssistant implements Script {
    private static final Rule ASK = Grammar.standard().rule("code.ask");
    private static final Rule FOLLOW = Grammar.standard().rule("code.follow");
    private static final Rule READ = Grammar.standard().rule("agent.code-observation");

    // Editors of the same make offer the same tools, whoever uses them.
    private static final int EDITORS = 4;

    private final String system;
    private final int tools;
    private final String toolsHash;
    private final Model model;

    private CodeAssistant(Account account) {
        Chance chance = account.own("editor");
        system = Team.text(account, "code.idesystem");
        int editor = chance.zipf(EDITORS);
        tools = 6 + 3 * editor;
        toolsHash = Hex.of(Chance.seed(editor, "editor tools"), 16);
        model = Model.of(chance, 5, 1, 2, 4);
    }

    static Actor cast(Account account) {
        return new Actor(
                "code",
                Timing.office(account.place().zoneHours()),
                SessionShape.conversation(account.own("pace").between(4, 12), 80, 35),
                new CodeAssistant(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = moment.ownTurn();
        boolean observation = moment.turn() > 0 && chance.is(0.45);
        draft.prompt(observation ? READ : moment.turn() == 0 || chance.is(0.35) ? ASK : FOLLOW, chance, 0);
        draft.system = system;
        draft.model = model;
        draft.temperature = 0.2;
        draft.stream = true;
        draft.tools = tools;
        draft.toolsHash = toolsHash;
        draft.finishReason = chance.is(0.5) ? "tool_calls" : null;
        draft.conversation(moment, 1100);
        draft.answer(180, 1.0);
    }
}
