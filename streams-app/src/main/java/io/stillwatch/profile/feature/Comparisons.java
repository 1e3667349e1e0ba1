package io.stillwatch.profile.feature;

import java.util.Optional;

/** What a profile looks like beside others: the population, the account's own past, known apps and known kits. */
@FunctionalInterface
public interface Comparisons {
    /** Nothing to compare with; every comparison reads as NaN. */
    Comparisons NONE = kind -> Double.NaN;

    /** A number that takes more than the profile to tell. */
    enum Kind {
        /** Maximum mean discrepancy to the population's prompts, in units of the spread between honest accounts. */
        DISTANCE,

        /** Change against the account's own frozen baseline, in units of its own spread. */
        DRIFT,

        /** Rise of the share that looks like kits against the account's own frozen baseline. */
        KITS_RISE,

        /** Largest rise of what harvests ask for against the account's own frozen baseline. */
        ASKED_RISE,

        /** Length of the answers over that of the account's own frozen baseline. */
        ANSWER_GROWTH,

        /** Hours since the prompts turned from the account's own frozen baseline. */
        TURN_AGE,

        /** Share of the prompts since then that the baseline does not explain. */
        NEW_SHARE,

        /** Largest change of the form of the requests since then. */
        FORM_CHANGE,

        /** Evidence of people in the baseline, less that since then. */
        PEOPLE_FALL,

        /** Sequential evidence that requests are more which the past hardly had, as a decimal logarithm. */
        OUTLIER_EVIDENCE,

        /** How many of those are known. */
        OUTLIERS,

        /** Their share of all requests since they began. */
        OUTLIER_SHARE,

        /** Hours since they began. */
        OUTLIER_AGE,

        /** Share of them explained by kits, beside the past. */
        OUTLIER_KITS,

        /** How much more they ask for what models are taught with than the past did, but for code. */
        OUTLIER_SOUGHT,

        /** How much more of them asks for code than of the past. */
        OUTLIER_CODE,

        /** Length of their answers over that of the past. */
        OUTLIER_ANSWERS,

        /** Share of the mean prompt explained by kits. */
        KITS,

        /** Share explained by enrolled apps, the account's own among them. */
        ENROLLED,

        /** Share explained by the general public. */
        PUBLIC,

        /** Share that nothing known explains. */
        UNKNOWN,

        /** Length of the answers over what the same models usually answer. */
        ANSWER_LENGTH,

        /** E-value of the account's days against honest accounts, as a decimal logarithm. */
        EVIDENCE,

        /** What the error budget asks of the evidence, as a decimal logarithm. */
        EVIDENCE_NEEDED,

        /** Days that the evidence is made of. */
        EVIDENCE_DAYS
    }

    /** The value of a comparison; NaN when there is nothing to compare with. */
    double get(Kind kind);

    /**
     * What a feature says of this very account, as a clause with figures of its own; empty where its value says it all.
     */
    default Optional<String> words(String feature) {
        return Optional.empty();
    }

    /** What the entity is like as a group of accounts; empty when it is an account. */
    default Optional<CampaignTraits> campaign() {
        return Optional.empty();
    }

    /**
     * The share of the baseline's accounts, of the same cohort, that have at most this value.
     *
     * @return 0 to 1; NaN without a baseline
     */
    default double quantile(Feature feature, double value) {
        return Double.NaN;
    }

    /** How strongly a signature has to hold for the baseline's error budget; empty where its condition is enough. */
    default Optional<Bar> bar(String signature, int version) {
        return Optional.empty();
    }
}
