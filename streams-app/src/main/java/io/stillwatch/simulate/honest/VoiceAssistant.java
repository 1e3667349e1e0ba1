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

/** A speaker in many homes: short commands, the common ones over and over, round the waking day. */
final class VoiceAssistant implements Script {
    private static final Rule COMMAND = Grammar.standard().rule("chat.voice");

    private final String system;
    private final Popular common;
    private final EndUsers homes;

    private VoiceAssistant(Account account) {
        system = Team.text(account, "chat.voicesystem");
        common = new Popular(
                Chance.seed(account.teamSeed(), "commands"),
                account.team("commands").between(100, 900));
        homes = EndUsers.of(account, 200, 9000);
    }

    static Actor cast(Account account) {
        return new Actor(
                "voice",
                Timing.service(account.place().zoneHours(), account.own("pace").between(1.1, 1.8)),
                SessionShape.conversation(1.4, 5, 9),
                new VoiceAssistant(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = moment.ownTurn();
        draft.prompt(COMMAND, chance.is(0.5) ? common.pick(chance) : chance, 0);
        draft.system = system;
        draft.model = Model.SMALL;
        draft.temperature = 0.0;
        draft.maxTokens = 150;
        draft.endUserId = homes.id(moment);
        draft.history(moment, 40);
        draft.answer(22, 0.4);
    }
}
