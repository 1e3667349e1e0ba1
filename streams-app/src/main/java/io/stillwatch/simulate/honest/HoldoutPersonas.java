package io.stillwatch.simulate.honest;

import static io.stillwatch.simulate.actor.Behaviour.honest;
import static io.stillwatch.simulate.actor.Footing.CLOUD;

import io.stillwatch.simulate.actor.Behaviour;
import java.util.List;

/**
 * Honest personas that are kept apart, with words of their own: nothing is tuned on them, no baseline is learned from them,
 * and their figures are told apart ({@code evaluate --simulate holdout}).
 */
public final class HoldoutPersonas {
    private HoldoutPersonas() {}

    public static List<Behaviour> all() {
        return List.of(
                honest("board-bot", CLOUD, "a bulletin board's bot", account -> CrowdApp.cast(account, Manner.BOARD)),
                honest(
                        "community",
                        CLOUD,
                        "a community that names its members",
                        account -> CrowdApp.cast(account, Manner.COMMUNITY)),
                honest(
                        "evening-class",
                        CLOUD,
                        "a template that asks for steps",
                        account -> CrowdApp.cast(account, Manner.QUIZ)),
                honest(
                        "recipe-writer",
                        CLOUD,
                        "recipe cards",
                        account -> TextMill.cast(account, TextMill.Work.RECIPES)),
                honest(
                        "lesson-planner",
                        CLOUD,
                        "plans of lessons",
                        account -> TextMill.cast(account, TextMill.Work.LESSONS)),
                honest(
                        "invoice-reader",
                        CLOUD,
                        "figures out of invoices",
                        account -> TextMill.cast(account, TextMill.Work.INVOICES)),
                honest(
                        "review-answers",
                        CLOUD,
                        "answers to reviews",
                        account -> TextMill.cast(account, TextMill.Work.ANSWERS)),
                honest(
                        "subtitles",
                        CLOUD,
                        "subtitles translated",
                        account -> TextMill.cast(account, TextMill.Work.SUBTITLES)));
    }
}
