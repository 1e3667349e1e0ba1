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
import java.util.ArrayList;
import java.util.List;

/** Localisation: every segment once for each target language, in one go, at temperature 0. */
final class TranslationJob implements Script {
    private final List<String> instructions = new ArrayList<>();
    private final Rule segment;
    private final long segments;

    private TranslationJob(Account account) {
        Grammar grammar = Grammar.standard();
        Chance chance = account.team("translation");
        List<String> sources =
                List.of("data.segment", "data.segment", "lang-de.segment", "lang-fr.segment", "lang-es.segment");
        segment = grammar.rule(chance.pick(sources));
        segments = Chance.seed(account.seed(), "segments");
        long wording = chance.nextLong();
        int targets = chance.between(1, 6);
        for (int i = 0; i < targets; i++) {
            String target = grammar.say("words.natlang", chance, 0);
            instructions.add(grammar.say("data.translate", new Chance(wording), 0, "target", target));
        }
    }

    static Actor cast(Account account) {
        Chance chance = account.own("pace");
        return new Actor(
                "translation",
                Timing.batch(chance.between(0.4, 2), chance.between(200, 1500)),
                SessionShape.single(),
                0.006,
                new TranslationJob(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        int languages = instructions.size();
        int line = moment.item() / languages;
        Chance chance = new Chance(Chance.seed(segments, line));
        draft.prompt(chance, 0).add(instructions.get(moment.item() % languages)).add(segment);
        draft.model = Model.SMALL;
        draft.temperature = 0.0;
        draft.maxTokens = 300;
        draft.answer(24, 0.6);
    }
}
