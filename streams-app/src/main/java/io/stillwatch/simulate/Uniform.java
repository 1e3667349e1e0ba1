package io.stillwatch.simulate;

import io.stillwatch.simulate.actor.Account;
import io.stillwatch.simulate.actor.Actor;
import io.stillwatch.simulate.actor.Draft;
import io.stillwatch.simulate.actor.Script;
import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the members of a campaign have in common beside their work: a system prompt, and the parameters they send. */
final class Uniform {
    private static final int WORDINGS = 12;

    private Uniform() {}

    /** The actor as a member of the campaign. */
    static Actor worn(CampaignPlan campaign, Actor actor, Account account) {
        Script plain = actor.script();
        return switch (campaign.template()) {
            case OWN -> campaign.ordinaryParameters() ? actor.withScript(ordinary(plain)) : actor;
            case NONE -> actor.withScript(dressed(campaign, plain, null));
            case SHARED -> actor.withScript(dressed(campaign, plain, wording(account, 0)));
            case PARAPHRASED ->
                actor.withScript(dressed(
                        campaign, plain, wording(account, account.own("wording").below(WORDINGS))));
        };
    }

    private static Script dressed(CampaignPlan campaign, Script plain, @Nullable String system) {
        Script script = campaign.ordinaryParameters() ? ordinary(plain) : plain;
        return (moment, draft) -> {
            script.write(moment, draft);
            draft.system = system;
        };
    }

    /** The campaign's system prompt: always about the same, differently worded by number. */
    private static String wording(Account account, int number) {
        Grammar grammar = Grammar.standard();
        Chance campaign = account.queue("uniform");
        int field = campaign.below(grammar.fields().size());
        String subject = grammar.say("harvest.uniform-subject", campaign, field);
        return grammar.say(
                "harvest.uniform",
                Chance.of(Chance.seed(account.queueSeed(), number), "wording"),
                field,
                "subject",
                subject);
    }

    /** What a chat client sends; a harvest that lives on several answers or probabilities keeps asking for them. */
    private static Script ordinary(Script plain) {
        return (moment, draft) -> {
            plain.write(moment, draft);
            strip(draft);
        };
    }

    private static void strip(Draft draft) {
        draft.stream = true;
        draft.maxTokens = null;
        draft.temperature = null;
        draft.topP = null;
        draft.stop = List.of();
        draft.attributes = Map.of();
    }
}
