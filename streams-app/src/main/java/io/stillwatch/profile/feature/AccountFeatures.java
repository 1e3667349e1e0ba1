package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.SHARE;
import static io.stillwatch.profile.feature.Formulas.DEFINITION;
import static io.stillwatch.profile.feature.Formulas.UNIT_RANGE;
import static io.stillwatch.profile.feature.Formulas.ratio;

import io.stillwatch.profile.Profile;
import java.util.List;

/** What a part of an account's requests is beside all of them, and beside the week before. */
final class AccountFeatures {
    private static final int FEWEST_BEFORE = 50;

    private AccountFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(new Feature(
                "strand_share",
                SHARE,
                UNIT_RANGE,
                "Share of the account's requests that the signature reads: 1 unless it reads a strand.",
                DEFINITION,
                "{} of the account's requests",
                subject -> ratio(subject.profile().requests(), subject.whole().requests())));
        list.add(new Feature(
                "account_prompt_novelty",
                SHARE,
                UNIT_RANGE,
                "Prompt novelty of all the account's requests, also where a signature reads a strand.",
                "As prompt_novelty",
                "{} of all the account's prompts are new",
                subject -> DiversityFeatures.novelty(subject.whole())));
        list.add(new Feature(
                "new_model_share",
                SHARE,
                UNIT_RANGE,
                "Share of the account's requests in a window of at most two days to models that it had not asked before in"
                        + " the week; no value when the week has fewer than 50 other requests.",
                DEFINITION,
                "{} of the requests moved to a new model",
                AccountFeatures::newModels));
    }

    /** NaN where the week before the window has too little to tell what is new. */
    private static double newModels(Subject subject) {
        if (subject.week().isEmpty()) {
            return Double.NaN;
        }
        Profile window = subject.whole();
        Profile week = subject.week().get().get().whole();
        return week.requests() - window.requests() < FEWEST_BEFORE
                ? Double.NaN
                : ratio(window.models().newIn(week.models()), window.models().total());
    }
}
