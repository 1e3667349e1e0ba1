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
import org.jspecify.annotations.Nullable;

/**
 * Text made or read at scale for somebody's own business: one order, and one thing after the other that it is done to.
 * Things come in the order of a catalogue or a syllabus, many of one subject before the next, or as they arrive.
 */
final class TextMill implements Script {
    private final Work work;
    private final String brief;
    private final boolean briefIsSystem;
    private final Rule item;
    private final int firstField;
    private final int fields;
    private final int block;
    private final @Nullable Integer maxTokens;
    private final @Nullable Double temperature;
    private final Model model;
    private final double answerTokens;

    /**
     * What is done.
     *
     * @param contents family of the prompts
     * @param brief rule of the order
     * @param item rule of the things
     * @param leastTokens of the answer's median
     * @param mostTokens of the answer's median
     * @param sigma spread of the answers
     * @param temperature as requested by most
     * @param leastFields least number of subjects
     * @param mostFields most
     */
    record Work(
            String contents,
            String brief,
            String item,
            double leastTokens,
            double mostTokens,
            double sigma,
            double temperature,
            int leastFields,
            int mostFields) {
        static final Work ARTICLES =
                new Work("articles", "mill.article-brief", "mill.article-item", 500, 1500, 0.3, 0.8, 1, 6);
        static final Work CARDS = new Work("cards", "mill.card-brief", "mill.card-item", 40, 110, 0.4, 0.3, 1, 5);
        static final Work LISTINGS =
                new Work("listings", "mill.listing-brief", "mill.listing-item", 120, 260, 0.25, 0.7, 1, 1);
        static final Work DIALOGUE =
                new Work("dialogue", "mill.dialogue-brief", "mill.dialogue-item", 150, 400, 0.35, 1.0, 1, 1);
        static final Work DIGESTS =
                new Work("digests", "mill.digest-brief", "mill.digest-item", 70, 160, 0.3, 0.2, 1, 1);
        static final Work EXTRACTS =
                new Work("extracts", "mill.extract-brief", "mill.extract-item", 25, 70, 0.3, 0, 1, 1);
        static final Work CHECKS = new Work("checks", "mill.check-brief", "mill.check-item", 4, 25, 0.4, 0, 1, 1);
        static final Work TRANSLATIONS =
                new Work("page-translations", "mill.translate-brief", "mill.translate-item", 60, 200, 0.4, 0.2, 1, 1);
        static final Work RECIPES =
                new Work("recipes", "holdout.recipe-brief", "holdout.recipe-item", 300, 700, 0.25, 0.8, 1, 1);
        static final Work LESSONS =
                new Work("lessons", "holdout.lesson-brief", "holdout.lesson-item", 400, 1100, 0.3, 0.6, 1, 1);
        static final Work INVOICES =
                new Work("invoices", "holdout.invoice-brief", "holdout.invoice-item", 20, 45, 0.2, 0, 1, 1);
        static final Work ANSWERS =
                new Work("review-answers", "holdout.answer-brief", "holdout.answer-item", 50, 110, 0.25, 0.7, 1, 1);
        static final Work SUBTITLES =
                new Work("subtitles", "holdout.subtitle-brief", "holdout.subtitle-item", 30, 90, 0.3, 0.2, 1, 1);
    }

    private TextMill(Account account, Work work) {
        this.work = work;
        Grammar grammar = Grammar.standard();
        Chance chance = account.team("mill");
        brief = Team.text(account, work.brief());
        briefIsSystem = chance.is(0.3);
        item = grammar.rule(work.item());
        firstField = chance.below(grammar.fields().size());
        fields = chance.between(work.leastFields(), work.mostFields());
        block = chance.is(0.5) ? chance.between(15, 90) : 1;
        answerTokens = chance.between(work.leastTokens(), work.mostTokens());
        maxTokens = chance.is(0.35) ? null : (int) (answerTokens * chance.between(1.6, 4));
        temperature = chance.is(0.3) ? null : Double.valueOf(work.temperature());
        model = Model.of(chance, 4, 5, 0.3, 1.5);
    }

    static Actor cast(Account account, Work work) {
        Chance chance = account.own("pace");
        double zone = account.place().zoneHours();
        double draw = chance.unit();
        Timing timing = draw < 0.4
                ? Timing.batch(chance.between(0.4, 2.5), chance.between(500, 9000))
                : draw < 0.75
                        ? Timing.service(zone, chance.between(1.1, 2.4))
                        : draw < 0.9 ? Timing.flat(chance.between(1.0, 2.2)) : Timing.office(zone);
        return new Actor(work.contents(), timing, SessionShape.single(), new TextMill(account, work));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        int all = Grammar.standard().fields().size();
        int field = (firstField + moment.item() / block % fields) % all;
        draft.prompt(moment.ownTurn(), field).add(briefIsSystem ? "" : brief).add(item);
        draft.system = briefIsSystem ? brief : null;
        draft.model = model;
        draft.temperature = temperature;
        draft.maxTokens = maxTokens;
        draft.answer(answerTokens, work.sigma());
    }
}
