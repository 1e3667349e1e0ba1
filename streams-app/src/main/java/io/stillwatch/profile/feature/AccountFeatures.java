package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.SHARE;
import static io.stillwatch.profile.feature.Formulas.DEFINITION;
import static io.stillwatch.profile.feature.Formulas.UNIT_RANGE;
import static io.stillwatch.profile.feature.Formulas.ratio;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.Count;
import io.stillwatch.profile.Profile;
import java.util.List;

/** What a part of an account's requests is beside all of them, and beside the week before. */
final class AccountFeatures {
    private static final int FEWEST_BEFORE = 50;
    private static final int FEWEST_OTHERS = 20;

    private static final List<Marker> FORMS =
            List.of(Marker.OPENS_LOWER, Marker.IMPERATIVE, Marker.MULTILINE, Marker.CONTAINS_NUMBER);

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
                "cover_contrast",
                SHARE,
                UNIT_RANGE,
                "Largest difference between the requests that the signature reads and the account's others in the share that is"
                        + " typed by hand, opens with a command, has several lines or contains a number; no value below 20 others.",
                "Difference of two shares",
                "{} more or fewer of them than of the account's other requests share a form",
                AccountFeatures::contrast));
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

    /** What one product does it does in one form; a harvest and its cover are two. */
    private static double contrast(Subject subject) {
        Profile part = subject.profile();
        Profile whole = subject.whole();
        double prompts = part.count(Count.WITH_PROMPT);
        double others = whole.count(Count.WITH_PROMPT) - prompts;
        if (others < FEWEST_OTHERS || prompts == 0) {
            return Double.NaN;
        }
        return FORMS.stream()
                .mapToDouble(form -> {
                    double ofOthers = Math.max(0, whole.marked(form) - part.marked(form)) / others;
                    return Math.abs(part.marked(form) / prompts - Math.min(1, ofOthers));
                })
                .max()
                .orElseThrow();
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
