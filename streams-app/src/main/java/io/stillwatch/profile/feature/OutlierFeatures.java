package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.COUNT;
import static io.stillwatch.profile.feature.FeatureUnit.HOURS;
import static io.stillwatch.profile.feature.FeatureUnit.RATIO;
import static io.stillwatch.profile.feature.FeatureUnit.SHARE;
import static io.stillwatch.profile.feature.Formulas.DEFINITION;
import static io.stillwatch.profile.feature.Formulas.NON_NEGATIVE;
import static io.stillwatch.profile.feature.Formulas.UNIT_RANGE;

import java.util.List;

/**
 * The requests of an account that are such as its own past hardly had: with longer answers than nearly all of it, or asking for
 * what models are taught with and the past rarely asked for. They are the account's, whatever the window; none has a value for a
 * strand, nor before the account has a past.
 */
final class OutlierFeatures {
    private OutlierFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(new Feature(
                "outlier_evidence",
                RATIO,
                "[0, 8.7]",
                "Decimal logarithm of how many times likelier the newest run of requests is where outliers, which are such as"
                        + " the account's own first 200 requests or more hardly were, are 5 in 100 more than there: with longer"
                        + " answers than nearly all of those, or asking for what models are taught with and those rarely asked.",
                "Bernoulli CUSUM (Page 1954; Reynolds and Stoumbos 1999), one request at a time",
                "a lasting rise of unusual requests is 10^{} times as likely as none",
                subject -> subject.comparisons().get(Comparisons.Kind.OUTLIER_EVIDENCE)));
        list.add(new Feature(
                "outlier_requests",
                COUNT,
                "[0, 256]",
                "Outliers of that run that are known: the newest.",
                DEFINITION,
                "{} requests such as it hardly sent before",
                subject -> subject.comparisons().get(Comparisons.Kind.OUTLIERS)));
        list.add(new Feature(
                "outlier_share",
                SHARE,
                UNIT_RANGE,
                "Share of the requests of that run that are outliers.",
                DEFINITION,
                "{} of its requests are such as it hardly sent before",
                subject -> subject.comparisons().get(Comparisons.Kind.OUTLIER_SHARE)));
        list.add(new Feature(
                "outlier_age",
                HOURS,
                NON_NEGATIVE,
                "Hours from the first request of that run to the newest of the account.",
                "Time since a CUSUM was last 0, as an estimate of the change point (Page 1954)",
                "for {} hours",
                subject -> subject.comparisons().get(Comparisons.Kind.OUTLIER_AGE)));
        list.add(new Feature(
                "outlier_kits",
                SHARE,
                UNIT_RANGE,
                "Share of the outliers that is like known kits, beside the account's own past; no value below 50.",
                "Kernel mean matching of mixture proportions (Iyer, Nath, Sarawagi 2014)",
                "{} of these are like known harvesting kits",
                subject -> subject.comparisons().get(Comparisons.Kind.OUTLIER_KITS)));
        list.add(new Feature(
                "outlier_sought",
                RATIO,
                "[0, 13]",
                "Things that models are taught with, but for code, that an outlier asks for more than the account's own first"
                        + " requests did: reasoning, rationales, grades, comparisons, new or rewritten tasks, options, tool"
                        + " calls, roles, dialogues, neutral versions, formulas, checks of an answer; on average, each as far"
                        + " as its share has risen.",
                "Sum of the differences of shares that are above 0",
                "these ask for {} things each that models are taught with, beside what it asked before",
                subject -> subject.comparisons().get(Comparisons.Kind.OUTLIER_SOUGHT)));
        list.add(new Feature(
                "outlier_code",
                SHARE,
                UNIT_RANGE,
                "Rise of the share that asks for code, in the outliers against the account's own first requests; 0 where it"
                        + " fell.",
                "Difference of two shares",
                "{} more of these ask for code",
                subject -> subject.comparisons().get(Comparisons.Kind.OUTLIER_CODE)));
        list.add(new Feature(
                "outlier_answers",
                RATIO,
                NON_NEGATIVE,
                "Mean length of the outliers' answers over that of the account's own first 200 requests or more.",
                "Ratio of two means",
                "their answers are {} times as long as before",
                subject -> subject.comparisons().get(Comparisons.Kind.OUTLIER_ANSWERS)));
    }
}
