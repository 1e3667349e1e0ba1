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
import io.stillwatch.simulate.time.SessionShape;
import java.util.ArrayList;
import java.util.List;

/** The same tasks in one language after the other. */
final class MultilingualSweep implements Script {
    private static final List<String> RULES = List.of(
            "chat.sweep",
            "lang-de.sweep",
            "lang-fr.sweep",
            "lang-es.sweep",
            "lang-pt.sweep",
            "lang-it.sweep",
            "lang-zh.sweep",
            "lang-ja.sweep",
            "lang-ru.sweep");

    private final Account account;
    private final List<Rule> languages = new ArrayList<>();
    private final Model model;

    private MultilingualSweep(Account account) {
        this.account = account;
        Chance chance = account.queue("languages");
        int first = chance.below(RULES.size());
        int count = chance.between(5, RULES.size());
        for (int i = 0; i < count; i++) {
            languages.add(Grammar.standard().rule(RULES.get((first + i) % RULES.size())));
        }
        model = Harvest.model(account);
    }

    static Actor cast(Account account) {
        return new Actor("languages", Harvest.timing(account), SessionShape.single(), new MultilingualSweep(account));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        // The grammars of all languages are parallel, so the same draws make the same task in each.
        Rule language = languages.get(moment.item() % languages.size());
        draft.prompt(language, Harvest.item(account, moment.item() / languages.size()), 0);
        draft.model = model;
        draft.temperature = 0.7;
        draft.maxTokens = 2048;
        draft.answer(430, 0.6);
    }
}
