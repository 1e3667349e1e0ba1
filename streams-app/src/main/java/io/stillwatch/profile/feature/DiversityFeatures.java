package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.COSINE;
import static io.stillwatch.profile.feature.FeatureUnit.COUNT;
import static io.stillwatch.profile.feature.FeatureUnit.SHARE;
import static io.stillwatch.profile.feature.Formulas.DEFINITION;
import static io.stillwatch.profile.feature.Formulas.DISTINCT;
import static io.stillwatch.profile.feature.Formulas.NON_NEGATIVE;
import static io.stillwatch.profile.feature.Formulas.SAMPLED;
import static io.stillwatch.profile.feature.Formulas.SIMPSON;
import static io.stillwatch.profile.feature.Formulas.UNIT_RANGE;
import static io.stillwatch.profile.feature.Formulas.ratio;

import io.stillwatch.profile.Count;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.sketch.DistinctByKind.Kind;
import java.util.List;

/** How unlike each other the prompts are. */
final class DiversityFeatures {
    private DiversityFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(Feature.ofProfile(
                "prompt_novelty",
                SHARE,
                UNIT_RANGE,
                "Different prompts over prompts, exact up to 128 different ones, then ±3.4 % at one standard error;"
                        + " exactly 1 when no prompt recurs among 32 sampled ones and the sketch agrees.",
                "Bottom-k sample (Cohen and Kaplan 2007) and UltraLogLog (Ertl 2023), weighted by inverse variance",
                "{} of the prompts are new",
                DiversityFeatures::novelty));
        list.add(Feature.ofProfile(
                "distinct_prompts",
                COUNT,
                NON_NEGATIVE,
                "Different prompts, exact up to 128, then ±3.4 % at one standard error.",
                DISTINCT,
                "{} different prompts",
                profile -> atMostPrompts(profile, profile.prompts().estimateDistinct())));
        list.add(Feature.ofProfile(
                "distinct_skeletons",
                COUNT,
                NON_NEGATIVE,
                "Different prompts once numbers, names, quotations, code and URLs are taken out; exact up to 64, then ±4.8 %"
                        + " at one standard error.",
                DISTINCT,
                "{} different skeletons",
                profile -> atMostPrompts(profile, profile.skeletons().estimate())));
        list.add(Feature.ofProfile(
                "shingle_novelty",
                SHARE,
                UNIT_RANGE,
                "Different smallest shingles over prompts that have one: low when wording recurs, as two prompts share"
                        + " their smallest three-word shingle with the probability that they share any given one. ±9.5 % at one"
                        + " standard error.",
                "MinHash (Broder 1997), counted by UltraLogLog (Ertl 2023)",
                "{} of the prompts have wording of their own",
                profile -> Math.min(
                        1, ratio(profile.distinct().estimate(Kind.SHINGLES), profile.count(Count.WITH_SHINGLES)))));
        list.add(Feature.ofProfile(
                "repeats_per_prompt",
                COUNT,
                "[1, ∞)",
                "Mean times that a different prompt was sent, from 32 sampled ones.",
                SAMPLED,
                "each prompt sent {} times",
                profile -> profile.prompts().meanRepeats()));
        list.add(Feature.ofProfile(
                "repeated_share",
                SHARE,
                UNIT_RANGE,
                "Share of the different prompts that were sent more than once.",
                SAMPLED,
                "{} of the prompts sent more than once",
                profile -> profile.prompts().repeatedShare()));
        list.add(Feature.ofProfile(
                "repeat_evenness",
                SHARE,
                UNIT_RANGE,
                "How equally often prompts are repeated: 1 / (1 + squared coefficient of variation).",
                "Kish's effective sample size over its size (Kish 1965), on the bottom-k sample",
                "repeats spread evenly ({})",
                profile -> profile.prompts().evenness()));
        list.add(Feature.ofProfile(
                "prompt_concentration",
                SHARE,
                UNIT_RANGE,
                "Probability that two requests have the same prompt; counted below 32 different ones, estimated beyond.",
                SIMPSON,
                "{} chance that two prompts are the same",
                profile -> profile.prompts().concentration()));
        list.add(Feature.ofProfile(
                "head_concentration",
                SHARE,
                UNIT_RANGE,
                "Probability that two prompts open with the same template.",
                SIMPSON,
                "{} chance that two prompts open alike",
                profile -> profile.heads().estimate()));
        list.add(Feature.ofProfile(
                "tail_concentration",
                SHARE,
                UNIT_RANGE,
                "Probability that two prompts close with the same template.",
                SIMPSON,
                "{} chance that two prompts close alike",
                profile -> profile.tails().estimate()));
        list.add(Feature.ofProfile(
                "template_concentration",
                SHARE,
                UNIT_RANGE,
                "The larger of head and tail concentration.",
                SIMPSON,
                "{} chance that two prompts share a template",
                profile -> larger(profile.heads().estimate(), profile.tails().estimate())));
        list.add(Feature.ofProfile(
                "similarity",
                COSINE,
                "[-1, 1]",
                "Mean cosine of two different prompts' embeddings, from the kernel mean sketch.",
                "Kernel mean embedding, linear kernel (Gretton et al. 2012, JMLR 13), U-statistic",
                "prompts resemble each other by {}",
                profile -> profile.kernelMean().meanPairwiseSimilarity()));
        list.add(Feature.ofProfile(
                "topic_spread",
                SHARE,
                UNIT_RANGE,
                "Evenness of the prompts over 64 topic cells: entropy over its maximum.",
                "Pielou's evenness (Pielou 1966) of Shannon entropy; cells by random-hyperplane hashing (Charikar 2002)",
                "spread over the topics at {}",
                profile -> profile.kernelMean().spread()));
        list.add(Feature.ofProfile(
                "topic_cells",
                COUNT,
                "[0, 64]",
                "Topic cells with at least one prompt.",
                "Random-hyperplane hashing (Charikar 2002)",
                "{} of 64 topic cells",
                profile -> profile.kernelMean().occupiedCells()));
        list.add(Feature.ofProfile(
                "language_concentration",
                SHARE,
                UNIT_RANGE,
                "Probability that two prompts are in the same language; low when several languages are used alike.",
                "Simpson 1949",
                "{} chance that two prompts are in the same language",
                profile -> profile.languages().concentration()));
        list.add(Feature.ofProfile(
                "distinct_languages",
                COUNT,
                NON_NEGATIVE,
                "Languages guessed among the prompts.",
                DEFINITION,
                "{} languages",
                profile -> profile.languages().languages()));
    }

    static double novelty(Profile profile) {
        return profile.prompts().novelty(profile.count(Count.WITH_PROMPT));
    }

    /** An estimate that errs upwards must not claim more different prompts than there are prompts. */
    private static double atMostPrompts(Profile profile, double estimate) {
        return Math.min(profile.count(Count.WITH_PROMPT), estimate);
    }

    private static double larger(double left, double right) {
        return Double.isNaN(left) ? right : Double.isNaN(right) ? left : Math.max(left, right);
    }
}
