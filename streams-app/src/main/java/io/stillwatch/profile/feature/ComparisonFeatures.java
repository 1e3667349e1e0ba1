package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.HOURS;
import static io.stillwatch.profile.feature.FeatureUnit.RATIO;
import static io.stillwatch.profile.feature.FeatureUnit.SHARE;
import static io.stillwatch.profile.feature.Formulas.NON_NEGATIVE;
import static io.stillwatch.profile.feature.Formulas.UNIT_RANGE;

import java.util.List;

/** What the prompts and answers are like beside the population, the account's own past and known sources. */
final class ComparisonFeatures {
    private ComparisonFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(new Feature(
                "distance",
                RATIO,
                NON_NEGATIVE,
                "How far the prompts lie from the population's, in units of the spread between honest accounts; about 1"
                        + " for a usual account, no value below 50 prompts.",
                "Maximum mean discrepancy, linear kernel on whitened embeddings (Gretton et al. 2012, JMLR 13),"
                        + " U-statistic",
                "{} times as far from the usual prompts as accounts are",
                subject -> subject.comparisons().get(Comparisons.Kind.DISTANCE)));
        list.add(new Feature(
                "drift",
                RATIO,
                "(-∞, ∞)",
                "Squared change of the prompts against the account's own first 200 or more, which span a day, in units of"
                        + " what is usual for such accounts and chance; no value below 100 later prompts, nor for a strand.",
                "Maximum mean discrepancy of two samples (Gretton et al. 2012, JMLR 13), U-statistic",
                "prompts changed {} times as much as is usual",
                subject -> subject.comparisons().get(Comparisons.Kind.DRIFT)));
        list.add(new Feature(
                "kits_rise",
                SHARE,
                "[-1, 1]",
                "How much more of the prompts looks like known kits, beside the account's own first 200 or more, than of"
                        + " those; no value below 100 later prompts, nor for a strand.",
                "Difference of two shares by kernel mean matching (Iyer, Nath, Sarawagi 2014)",
                "{} more like known harvesting kits than before",
                subject -> subject.comparisons().get(Comparisons.Kind.KITS_RISE)));
        list.add(new Feature(
                "asked_rise",
                SHARE,
                "[-1, 1]",
                "Largest rise, against the account's own first 200 prompts or more, of the share that asks for reasoning,"
                        + " rationales, grades, comparisons, new or rewritten tasks, options, dialogues or neutral versions; no"
                        + " value below 100 later prompts, nor for a strand.",
                "Difference of two shares",
                "{} more of the prompts ask for what harvests ask for",
                subject -> subject.comparisons().get(Comparisons.Kind.ASKED_RISE)));
        list.add(new Feature(
                "answer_growth",
                RATIO,
                NON_NEGATIVE,
                "Mean length of the answers over that of the account's own first 200 requests or more; no value below 100"
                        + " later prompts, nor for a strand.",
                "Ratio of two means",
                "answers {} times as long as before",
                subject -> subject.comparisons().get(Comparisons.Kind.ANSWER_GROWTH)));
        list.add(new Feature(
                "turn_age",
                HOURS,
                NON_NEGATIVE,
                "Hours from the moment that divides what came after the account's own first 200 prompts or more best in a time"
                        + " like them and one unlike them, to the newest request; says since when and not whether, which is"
                        + " drift's to say. No value below 100 later prompts, nor for a strand.",
                "One change point by least squares (Hinkley 1970, Biometrika 57)",
                "for {} hours",
                subject -> subject.comparisons().get(Comparisons.Kind.TURN_AGE)));
        list.add(new Feature(
                "new_share",
                SHARE,
                UNIT_RANGE,
                "Share of the prompts since that moment that the account's own first 200 or more do not explain.",
                "Kernel mean matching of mixture proportions (Iyer, Nath, Sarawagi 2014)",
                "{} of the prompts are not what it asked before",
                subject -> subject.comparisons().get(Comparisons.Kind.NEW_SHARE)));
        list.add(new Feature(
                "form_change",
                SHARE,
                UNIT_RANGE,
                "Largest change since that moment, up or down, of the share of requests that follow earlier turns or none, come"
                        + " in one template or under instructions, offer tools, contain code, formulas or several lines, are"
                        + " typed by hand, or are in one language.",
                "Difference of two shares",
                "the form of {} of the requests is another than before",
                subject -> subject.comparisons().get(Comparisons.Kind.FORM_CHANGE)));
        list.add(new Feature(
                "people_fall",
                RATIO,
                "[-23, 23]",
                "Evidence of people behind the account's own first 200 requests or more, less that of what came since that"
                        + " moment; both without what an enrolment holds.",
                "Difference of two sums of weights of evidence (Good 1985)",
                "evidence of people behind it has fallen by {}",
                subject -> subject.comparisons().get(Comparisons.Kind.PEOPLE_FALL)));
        OutlierFeatures.addTo(list);
        list.add(new Feature(
                "answer_length_ratio",
                RATIO,
                NON_NEGATIVE,
                "Length of the answers over what the baseline's accounts get of the same models, by geometric means; no"
                        + " value below 16 answers.",
                "Indirect standardisation (Breslow and Day 1987, chapter 2), on logarithms in steps of √2",
                "answers {} times as long as these models usually give",
                subject -> subject.comparisons().get(Comparisons.Kind.ANSWER_LENGTH)));
        list.add(mixture(
                "kits_share",
                Comparisons.Kind.KITS,
                "known harvesting kits, alone or beside the account's own first prompts",
                "{} like known harvesting kits"));
        list.add(mixture(
                "enrolled_share",
                Comparisons.Kind.ENROLLED,
                "the account's own enrolment",
                "{} as enrolled for the account"));
        list.add(mixture("public_share", Comparisons.Kind.PUBLIC, "the general public", "{} like the general public"));
        list.add(mixture("unknown_share", Comparisons.Kind.UNKNOWN, "nothing known", "{} like nothing known"));
    }

    private static Feature mixture(String name, Comparisons.Kind kind, String explainedBy, String clause) {
        return new Feature(
                name,
                SHARE,
                UNIT_RANGE,
                "Share of the prompts that is explained by " + explainedBy
                        + ", where their mean is taken for a mixture of known means; no value below 50 prompts.",
                "Kernel mean matching of mixture proportions (Iyer, Nath, Sarawagi 2014), non-negative least squares"
                        + " (Franc, Hlaváč, Navara 2005)",
                clause,
                subject -> subject.comparisons().get(kind));
    }
}
