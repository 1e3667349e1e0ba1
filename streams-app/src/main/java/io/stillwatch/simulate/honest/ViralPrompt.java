package io.stillwatch.simulate.honest;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.text.Speech;
import io.stillwatch.simulate.time.Timing;

/**
 * A person whom a prompt reached that everybody tries out: ordinary chat, and for a day or two the same prompt as thousands
 * of strangers, word for word or with something of their own in it.
 */
final class ViralPrompt implements Script {
    private static final Rule OWN = Grammar.standard().rule("apps.viral-own");
    private static final double LASTS_MS = 1.6 * 86_400_000.0;

    private final Script ordinary;
    private final String prompt;
    private final boolean personal;
    private final long fromMs;
    private final Account account;

    private ViralPrompt(Account account, Script ordinary) {
        this.account = account;
        this.ordinary = ordinary;
        Chance craze = account.team("craze");
        prompt = Grammar.standard().say("apps.viral", craze, 0);
        personal = craze.is(0.5);
        fromMs = account.beginMs() + offsetMs(account);
    }

    private static long lengthMs(Account account) {
        return (long) Math.min(LASTS_MS, account.spanMs());
    }

    /** When it begins: for everybody alike, so far as they are there all the time. */
    private static long offsetMs(Account account) {
        return (long) (account.team("craze begins").between(0.1, 0.7) * (account.spanMs() - lengthMs(account)));
    }

    static Actor cast(Account account) {
        Actor chat = ChatUser.cast(account);
        Timing craze = Timing.within(chat.timing(), offsetMs(account), lengthMs(account));
        return chat.withTiming(Timing.partly(craze, 0.25, chat.timing()))
                .withScript(new ViralPrompt(account, chat.script()));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        ordinary.write(moment, draft);
        boolean during = moment.timeMs() >= fromMs && moment.timeMs() < fromMs + LASTS_MS;
        if (during && moment.turn() == 0 && Chance.of(moment.seed(), "craze").is(0.6)) {
            Speech speech = draft.prompt(account.own("viral"), 0).add(prompt);
            if (personal) {
                speech.add(" ").add(OWN);
            }
        }
    }
}
