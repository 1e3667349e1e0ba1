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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Instructions of a data set, each once; or the making of them from seed tasks.
 *
 * <p>Parameters from the published scripts: tatsu-lab/stanford_alpaca (temperature 1, 3072 tokens, stop "\n20",
 * logit bias against the end of text) and yizhongw/self-instruct (temperature 0.7, top_p 0.5, presence penalty 2,
 * logprobs 1).
 */
final class BulkInstructions implements Script {
    private static final Rule INSTRUCTION = Grammar.standard().rule("harvest.instruction");
    private static final Rule SEED = Grammar.standard().rule("harvest.seed-entry");
    private static final List<String> ALPACA_STOP = List.of("\n20", "20.", "20.");
    private static final List<String> SELF_INSTRUCT_STOP = List.of("\n\n", "\n16", "16.", "16 .");
    private static final Map<String, String> ALPACA_EXTRAS = Map.of("logit_bias", "{\"50256\":-100}");
    private static final Map<String, String> SELF_INSTRUCT_EXTRAS = Map.of("presence_penalty", "2");

    private final Account account;
    private final String preamble;
    private final String tail;
    private final double making;
    private final boolean alpaca;
    private final @Nullable Double temperature;
    private final int maxTokens;
    private final boolean plainSystem;
    private final Model model;

    BulkInstructions(Account account) {
        this.account = account;
        Grammar grammar = Grammar.standard();
        Chance chance = account.queue("bulk");
        preamble = grammar.say("harvest.seed-preamble", chance, 0, "count", Integer.toString(chance.between(10, 20)));
        tail = grammar.say("harvest.seed-tail", chance, 0);
        double draw = chance.unit();
        making = draw < 0.55 ? 0 : draw < 0.8 ? 1 : chance.between(0.1, 0.5);
        alpaca = chance.is(0.5);
        temperature = chance.is(0.2) ? null : chance.is(0.5) ? 0.7 : 1.0;
        maxTokens = chance.is(0.5) ? 1024 : 2048;
        plainSystem = chance.is(0.3);
        model = Harvest.model(account);
    }

    static Actor cast(Account account) {
        return new Actor("instructions", Harvest.timing(account), SessionShape.single(), new BulkInstructions(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        Chance chance = Harvest.item(account, moment.item());
        draft.model = model;
        if (chance.is(making)) {
            makeTasks(chance, draft);
            return;
        }
        draft.prompt(INSTRUCTION, chance, Harvest.anyField(chance));
        draft.system = plainSystem ? "You are a helpful assistant." : null;
        draft.temperature = temperature;
        draft.maxTokens = maxTokens;
        draft.answer(330, 0.7);
    }

    private void makeTasks(Chance chance, Draft draft) {
        Speech speech = draft.prompt(chance, 0).add(preamble);
        int seeds = alpaca ? 3 : 8;
        for (int i = 1; i <= seeds; i++) {
            speech.with(chance, Harvest.anyField(chance))
                    .add(i)
                    .add(". ")
                    .add(SEED)
                    .add("\n");
        }
        speech.add(seeds + 1).add(". ").add(tail);
        if (alpaca) {
            draft.temperature = 1.0;
            draft.maxTokens = 3072;
            draft.stop = ALPACA_STOP;
            draft.attributes = ALPACA_EXTRAS;
            draft.answer(1900, 0.4);
        } else {
            draft.temperature = 0.7;
            draft.topP = 0.5;
            draft.maxTokens = 1024;
            draft.logprobs = true;
            draft.topLogprobs = 1;
            draft.stop = SELF_INSTRUCT_STOP;
            draft.attributes = SELF_INSTRUCT_EXTRAS;
            draft.answer(700, 0.5);
        }
    }
}
