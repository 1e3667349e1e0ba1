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
import io.stillwatch.simulate.text.Typing;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;
import java.util.ArrayList;
import java.util.List;

/** Characters of a game: a persona as system prompt, players in long playful conversations, stop sequences between roles. */
final class GameNpc implements Script {
    private static final Rule LINE = Grammar.standard().rule("chat.npc");
    private static final List<String> STOP = List.of("\nPlayer:");

    private final List<String> characters = new ArrayList<>();
    private final EndUsers players;

    private GameNpc(Account account) {
        Chance chance = account.team("characters");
        int count = chance.between(4, 25);
        for (int i = 0; i < count; i++) {
            characters.add(Grammar.standard().say("chat.npcsystem", chance, 0));
        }
        players = EndUsers.of(account, 100, 8000);
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        return new Actor(
                "game",
                Timing.service(account.place().zoneHours(), chance.between(1.2, 2.2)),
                SessionShape.conversation(chance.between(5, 10), 60, 20),
                new GameNpc(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = moment.ownTurn();
        draft.prompt(LINE, chance, 0);
        Typing.of(moment.session()).apply(draft.text(), 0, chance);
        draft.system = characters.get(moment.session().zipf(characters.size()));
        draft.model = Model.SMALL;
        draft.temperature = 0.9;
        draft.topP = 0.95;
        draft.maxTokens = 120;
        draft.stop = STOP;
        draft.endUserId = players.id(moment);
        draft.conversation(moment, 90);
        draft.answer(45, 0.5);
    }
}
