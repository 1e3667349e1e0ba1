package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.COUNT;
import static io.stillwatch.profile.feature.FeatureUnit.RATIO;
import static io.stillwatch.profile.feature.Formulas.DEFINITION;
import static io.stillwatch.profile.feature.Formulas.NON_NEGATIVE;
import static io.stillwatch.profile.feature.Formulas.ratio;
import static io.stillwatch.profile.feature.Formulas.share;

import io.stillwatch.profile.Count;
import io.stillwatch.profile.Sum;
import java.util.List;

/** What requests ask of the model beside the prompt. */
final class ParameterFeatures {
    private ParameterFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(share(
                "logprobs_share",
                Count.WITH_LOGPROBS,
                "Share that asks for log-probabilities.",
                "{} ask for log-probabilities"));
        list.add(share(
                "several_samples_share",
                Count.SEVERAL_SAMPLES,
                "Share that asks for several answers (n > 1).",
                "{} ask for several answers at once"));
        list.add(Feature.ofProfile(
                "samples_per_request",
                COUNT,
                "[1, ∞)",
                "Mean answers asked for per request (n).",
                DEFINITION,
                "{} answers asked for per request",
                profile -> ratio(profile.sum(Sum.SAMPLES), profile.requests())));
        list.add(Feature.ofProfile(
                "temperature_mean",
                RATIO,
                NON_NEGATIVE,
                "Mean temperature of the requests that set one.",
                DEFINITION,
                "a mean temperature of {}",
                profile -> ratio(profile.sum(Sum.TEMPERATURE_MILLIS), profile.count(Count.TEMPERATURE_SET)) / 1_000));
        list.add(share(
                "temperature_set_share",
                Count.TEMPERATURE_SET,
                "Share that sets a temperature.",
                "{} set a temperature"));
        list.add(share(
                "temperature_zero_share", Count.TEMPERATURE_ZERO, "Share with temperature 0.", "{} at temperature 0"));
        list.add(share("limit_set_share", Count.LIMIT_SET, "Share that sets an answer limit.", "{} set a limit"));
        list.add(share(
                "limit_tiny_share",
                Count.LIMIT_TINY,
                "Share with an answer limit of at most 16 tokens.",
                "{} limit the answer to a few tokens"));
        list.add(share(
                "limit_large_share",
                Count.LIMIT_LARGE,
                "Share with an answer limit of 1,000 tokens or more.",
                "{} make room for long answers"));
        list.add(share(
                "limit_hit_share",
                Count.LIMIT_HIT,
                "Share of answers cut at the limit.",
                "{} of the answers cut at the limit"));
        list.add(share("stop_share", Count.WITH_STOPS, "Share with stop sequences.", "{} set stop sequences"));
    }
}
