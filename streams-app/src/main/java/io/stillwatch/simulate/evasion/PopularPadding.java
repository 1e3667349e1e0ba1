package io.stillwatch.simulate.evasion;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Moment;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.time.SessionShape;

/**
 * Prompts that everybody sends in between, sent with the harvest's own parameters so that they count beside it; at full
 * strength 9 of 10.
 */
final class PopularPadding implements Evasion {
    private static final double MOST_PADDING = 0.9;
    private static final int POPULAR_PROMPTS = 200;
    private static final long POPULAR_SEED = 0x706F70756C6172L;
    private static final Rule PROMPT = Grammar.standard().rule("chat.ask");

    @Override
    public String name() {
        return "popular-padding";
    }

    @Override
    public String description() {
        return "popular prompts in between, with the same parameters";
    }

    @Override
    public String price() {
        return "the popular prompts";
    }

    @Override
    public Play hide(Play play, Account account, double strength) {
        Script harvest = play.main().script();
        Script padding = (moment, draft) -> pad(harvest, moment, draft);
        return play.withCover(
                play.main().withShape(SessionShape.single()).withScript(padding),
                play.share() * (1 - MOST_PADDING * strength));
    }

    private static void pad(Script harvest, Moment moment, Draft draft) {
        harvest.write(moment, draft);
        int rank = Chance.of(moment.seed(), "popular").zipf(POPULAR_PROMPTS);
        Chance popular = new Chance(Chance.seed(POPULAR_SEED, rank));
        int field = popular.below(Grammar.standard().fields().size());
        draft.prompt(PROMPT, popular, field);
        draft.n = null;
        draft.answerInPrompt = false;
        draft.answer(200, 0.6);
    }
}
