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
    private static final double DAY_MS = 86_400_000.0;
    private static final long LASTS_MS = (long) (1.6 * DAY_MS);

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
        fromMs = crazeMs(account);
    }

    /** When it begins, two or three days before the end: the only moment that is the same for those who joined late. */
    private static long crazeMs(Account account) {
        double days = account.team("craze begins").between(1.8, 3.2);
        return account.beginMs() + account.spanMs() - (long) (days * DAY_MS);
    }

    static Actor cast(Account account) {
        Actor chat = ChatUser.cast(account);
        Actor viral = chat.withScript(new ViralPrompt(account, chat.script()));
        long from = Math.max(account.beginMs(), crazeMs(account));
        long lengthMs = crazeMs(account) + LASTS_MS - from;
        if (lengthMs <= 0) {
            return viral;
        }
        Timing craze = Timing.within(chat.timing(), from - account.beginMs(), lengthMs);
        return viral.withTiming(Timing.partly(craze, 0.25, chat.timing()));
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
