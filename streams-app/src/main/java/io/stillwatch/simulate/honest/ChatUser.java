package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Model;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.time.SessionShape;
import io.stillwatch.simulate.time.Timing;
import org.jspecify.annotations.Nullable;

/** A person at a chat window. Some move to a new model in the middle of the time, as early adopters do. */
final class ChatUser implements Script {
    private static final @Nullable Double[] TEMPERATURES = {null, null, 0.7, 1.0};

    private final Person person;
    private final Model model;
    private final Model later;
    private final long changesMs;
    private final boolean namesConversations;
    private final @Nullable Double temperature;
    private final @Nullable Integer maxTokens;

    private ChatUser(Account account) {
        Chance chance = account.own("chat user");
        person = new Person(account.seed(), account.place().language());
        model = Model.of(chance, 5, 3, 2, 1);
        later = chance.is(0.2) ? Model.NEWEST : model;
        changesMs = account.beginMs() + (long) (chance.unit() * account.spanMs());
        namesConversations = chance.is(0.8);
        temperature = TEMPERATURES[chance.below(TEMPERATURES.length)];
        maxTokens = chance.is(0.25) ? chance.is(0.5) ? 2048 : 4096 : null;
    }

    static Actor cast(Account account) {
        Chance chance = account.own("chat habits");
        double turns = chance.between(1.4, 4.2);
        return new Actor(
                "chat-" + account.place().language(),
                Timing.human(account.place().zoneHours()),
                SessionShape.conversation(turns, 30, chance.between(40, 120)),
                new ChatUser(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        person.say(moment, draft);
        draft.model = moment.timeMs() < changesMs ? model : later;
        draft.stream = true;
        draft.temperature = temperature;
        draft.maxTokens = maxTokens;
        if (namesConversations) {
            draft.conversation(moment, 320);
        } else {
            draft.history(moment, 320);
        }
        draft.answer(draft.text().length() < 25 ? 110 : 240, 0.8);
    }
}
