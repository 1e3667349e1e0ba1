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
import java.util.List;

/**
 * A job that sends one instruction over many items, each once: classification, moderation, summaries, rewriting.
 *
 * <p>The closest honest relative of a harvest: one template, ever new contents, no follow-up.
 */
final class BatchJob implements Script {
    private final String instruction;
    private final Rule item;
    private final int field;
    private final Style style;

    /**
     * How the job asks.
     *
     * @param temperature as requested
     * @param leastTokens least of the limit
     * @param mostTokens most of the limit
     * @param medianTokens of the answer
     * @param topLogprobs most alternatives asked for, 0 for none
     */
    private record Style(double temperature, int leastTokens, int mostTokens, double medianTokens, int topLogprobs) {}

    private final int maxTokens;
    private final int topLogprobs;
    private final Model model;

    private BatchJob(Account account, String instructionRule, String itemRule, Style style) {
        Chance chance = account.team("job");
        this.instruction = instructionRule.isEmpty() ? "" : Team.text(account, instructionRule);
        this.item = Grammar.standard().rule(itemRule);
        this.field = chance.below(Grammar.standard().fields().size());
        this.style = style;
        this.maxTokens = chance.between(style.leastTokens(), style.mostTokens());
        this.topLogprobs = style.topLogprobs() == 0 ? 0 : chance.between(2, style.topLogprobs());
        this.model = Model.of(chance, 3, 5, 0.3, 1);
    }

    /** Sentiment, topic, routing or spam, one word an item. */
    static Actor classifier(Account account) {
        String what = account.team("subject").pick(List.of("review", "news", "ticket", "email"));
        String items = what.equals("review") && account.team("films").is(0.4) ? "filmreview" : what;
        return actor(account, "classify-" + what, "data.classify-" + what, "data." + items, new Style(0, 4, 20, 2, 0));
    }

    /** A classifier that reads probabilities to know how sure the model is: the honest user of log-probabilities. */
    static Actor calibrated(Account account) {
        return actor(account, "classify-calibrated", "data.classify-review", "data.review", new Style(0, 1, 3, 1.2, 5));
    }

    static Actor moderation(Account account) {
        return actor(account, "moderation", "data.classify-comment", "data.comment", new Style(0, 20, 60, 12, 0));
    }

    static Actor summariser(Account account) {
        return actor(account, "summaries", "documents.summarise", "documents.report", new Style(0.3, 200, 500, 110, 0));
    }

    static Actor newsroom(Account account) {
        return actor(account, "newsroom", "data.newsroom", "documents.report", new Style(0.3, 400, 900, 190, 0));
    }

    static Actor editor(Account account) {
        return actor(account, "editing", "data.editor", "documents.report", new Style(0.7, 600, 1500, 160, 0));
    }

    private static Actor actor(Account account, String contents, String instruction, String items, Style style) {
        Chance chance = account.own("pace");
        double zone = account.place().zoneHours();
        Timing timing = chance.is(0.6)
                ? Timing.batch(chance.between(0.4, 2.5), chance.between(250, 2500))
                : Timing.service(zone, chance.between(1.5, 2.6));
        return new Actor(
                contents, timing, SessionShape.single(), 0.006, new BatchJob(account, instruction, items, style));
    }

    @Override
    public void write(Moment moment, Draft draft) {
        draft.prompt(moment.ownTurn(), field).add(instruction).add(item);
        draft.model = model;
        draft.temperature = style.temperature();
        draft.maxTokens = maxTokens;
        if (topLogprobs > 0) {
            draft.logprobs = true;
            draft.topLogprobs = topLogprobs;
        }
        draft.answer(style.medianTokens(), 0.45);
    }
}
