package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.CHARACTERS;
import static io.stillwatch.profile.feature.FeatureUnit.COUNT;
import static io.stillwatch.profile.feature.FeatureUnit.HOURS;
import static io.stillwatch.profile.feature.FeatureUnit.RATIO;
import static io.stillwatch.profile.feature.FeatureUnit.SHARE;
import static io.stillwatch.profile.feature.FeatureUnit.TOKENS;
import static io.stillwatch.profile.feature.Formulas.DEFINITION;
import static io.stillwatch.profile.feature.Formulas.NON_NEGATIVE;
import static io.stillwatch.profile.feature.Formulas.QUANTILE;
import static io.stillwatch.profile.feature.Formulas.UNIT_RANGE;
import static io.stillwatch.profile.feature.Formulas.ratio;
import static io.stillwatch.profile.feature.Formulas.share;
import static io.stillwatch.profile.feature.Formulas.sum;

import io.stillwatch.profile.Count;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.Sum;
import java.util.List;

/** How much was asked and answered, and when. */
final class VolumeFeatures {
    private VolumeFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(Feature.ofProfile(
                "requests",
                COUNT,
                NON_NEGATIVE,
                "Requests in the window.",
                DEFINITION,
                "{} requests",
                Profile::requests));
        list.add(Feature.ofProfile(
                "active_hours",
                HOURS,
                NON_NEGATIVE,
                "Clock hours with at least one request.",
                DEFINITION,
                "active in {} different hours",
                profile -> profile.active().hours()));
        list.add(Feature.ofProfile(
                "hours_of_day",
                HOURS,
                "[0, 24]",
                "Different hours of the day (UTC) with at least one request.",
                DEFINITION,
                "active in {} hours of the day",
                profile -> profile.active().hoursOfDay()));
        list.add(Feature.ofProfile(
                "longest_pause",
                HOURS,
                NON_NEGATIVE,
                "Longest run of whole clock hours without a request between the first and the last one.",
                DEFINITION,
                "never silent for more than {} hours",
                profile -> profile.active().longestPauseHours()));
        list.add(Feature.ofProfile(
                "requests_per_active_hour",
                COUNT,
                NON_NEGATIVE,
                "Requests over active hours.",
                DEFINITION,
                "{} requests in an active hour",
                profile -> ratio(profile.requests(), profile.active().hours())));
        list.add(Feature.ofProfile(
                "requests_per_active_minute",
                COUNT,
                NON_NEGATIVE,
                "Requests over minutes with at least one; a person seldom passes 2.",
                DEFINITION,
                "{} requests in an active minute",
                profile -> ratio(profile.requests(), profile.active().minutes())));
        list.add(sum("input_tokens", TOKENS, Sum.INPUT_TOKENS, "Prompt tokens billed.", "{} prompt tokens"));
        list.add(sum("output_tokens", TOKENS, Sum.OUTPUT_TOKENS, "Answer tokens billed.", "{} answer tokens"));
        list.add(Feature.ofProfile(
                "output_per_request",
                TOKENS,
                NON_NEGATIVE,
                "Mean answer tokens of the requests whose answer length is known.",
                DEFINITION,
                "answers of {} tokens on average",
                profile -> ratio(profile.outputTokens(), profile.count(Count.OUTPUT_KNOWN))));
        list.add(Feature.ofProfile(
                "answer_length_median",
                TOKENS,
                NON_NEGATIVE,
                "Median answer tokens, within 19 %.",
                QUANTILE,
                "a median answer of {} tokens",
                profile -> profile.answerTokens().quantile(0.5)));
        list.add(Feature.ofProfile(
                "answer_length_p90",
                TOKENS,
                NON_NEGATIVE,
                "90th percentile of answer tokens, within 19 %.",
                QUANTILE,
                "a tenth of the answers over {} tokens",
                profile -> profile.answerTokens().quantile(0.9)));
        list.add(Feature.ofProfile(
                "prompt_length_median",
                CHARACTERS,
                NON_NEGATIVE,
                "Median prompt length, within 19 %.",
                QUANTILE,
                "a median prompt of {} characters",
                profile -> profile.promptCharacters().quantile(0.5)));
        list.add(Feature.ofProfile(
                "prompt_length_p90",
                CHARACTERS,
                NON_NEGATIVE,
                "90th percentile of prompt length, within 19 %.",
                QUANTILE,
                "a tenth of the prompts over {} characters",
                profile -> profile.promptCharacters().quantile(0.9)));
        list.add(Feature.ofProfile(
                "output_input_ratio",
                RATIO,
                NON_NEGATIVE,
                "Answer tokens over prompt tokens.",
                DEFINITION,
                "{} answer tokens for each prompt token",
                profile -> ratio(profile.outputTokens(), profile.sum(Sum.INPUT_TOKENS))));
        list.add(Feature.ofProfile(
                "reasoning_token_share",
                SHARE,
                UNIT_RANGE,
                "Hidden reasoning tokens over answer tokens.",
                DEFINITION,
                "{} of the answer tokens are hidden reasoning",
                profile -> Math.min(1, ratio(profile.sum(Sum.REASONING_TOKENS), profile.outputTokens()))));
        list.add(share("failed_share", Count.FAILED, "Share of requests answered with an HTTP error.", "{} failed"));
    }
}
