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
import java.util.List;

/**
 * Dialogues in which the model plays both sides (stop sequences as in project-baize), or questions of invented personas.
 */
final class SelfChat implements Script {
    private static final Rule SELFCHAT = Grammar.standard().rule("harvest.selfchat");
    private static final Rule NEXT = Grammar.standard().rule("harvest.selfchat-next");
    private static final Rule PERSONA = Grammar.standard().rule("harvest.persona");
    private static final Rule PERSONA_ASK = Grammar.standard().rule("harvest.persona-ask");
    private static final Rule TOPIC = Grammar.standard().rule("chat.ask");
    private static final List<String> STOP = List.of("[AI]", "[Human]");

    private final Account account;
    private final boolean dialogues;
    private final int wording;
    private final Model model;

    private SelfChat(Account account) {
        this.account = account;
        Chance chance = account.queue("self-chat wording");
        dialogues = dialogues(account);
        wording = chance.below(2);
        model = Harvest.model(account);
    }

    private static boolean dialogues(Account account) {
        return account.queue("self-chat").is(0.6);
    }

    static Actor cast(Account account) {
        SessionShape shape = dialogues(account) ? SessionShape.between(2, 6, 7) : SessionShape.single();
        return new Actor("dialogues", Harvest.timing(account), shape, new SelfChat(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance item = Harvest.item(account, moment.item());
        int field = Harvest.anyField(item);
        Speech speech = draft.prompt(item, field).add(TOPIC);
        String topic = speech.text();
        draft.text().setLength(0);
        String persona = speech.add(PERSONA).text();
        draft.text().setLength(0);
        speech.let("topic", topic).let("persona", persona);
        if (moment.turn() > 0) {
            speech.with(moment.ownTurn(), field).add(NEXT);
        } else {
            (dialogues ? SELFCHAT : PERSONA_ASK).write(speech, wording);
        }
        draft.model = model;
        draft.temperature = 1.0;
        draft.maxTokens = 2048;
        if (dialogues) {
            draft.stop = STOP;
            draft.conversation(moment, 800);
        }
        draft.answer(700, 0.5);
    }
}
