package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.COUNT;
import static io.stillwatch.profile.feature.FeatureUnit.SHARE;
import static io.stillwatch.profile.feature.Formulas.DEFINITION;
import static io.stillwatch.profile.feature.Formulas.UNIT_RANGE;
import static io.stillwatch.profile.feature.Formulas.ratio;
import static io.stillwatch.profile.feature.Formulas.share;

import io.stillwatch.profile.Count;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.sketch.DistinctByKind.Kind;
import java.util.List;

/** How prompts are sent: alone or in conversations, with instructions, tools and end users. */
final class InteractionFeatures {
    private InteractionFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(Feature.ofProfile(
                "single_turn_share",
                SHARE,
                UNIT_RANGE,
                "Share of requests that follow no earlier turn.",
                DEFINITION,
                "{} are single-turn",
                profile -> 1 - ratio(profile.count(Count.FOLLOW_UPS), profile.requests())));
        list.add(share(
                "conversation_share",
                Count.IN_CONVERSATION,
                "Share of requests that belong to a conversation the client named.",
                "{} belong to a conversation"));
        list.add(Feature.ofProfile(
                "conversation_continuity",
                SHARE,
                "[-1, 1]",
                "How much more alike two prompts of a named conversation are than any two: about 0 where its turns have"
                        + " nothing to do with each other; no value below 50 such prompts or 1.5 a conversation.",
                "Intraclass correlation by a tug-of-war sketch of embeddings (Alon, Matias, Szegedy 1996) and the design"
                        + " effect (Kish 1965)",
                "the turns of a conversation belong together by {}",
                InteractionFeatures::continuity));
        list.add(Feature.ofProfile(
                "turns_per_conversation",
                COUNT,
                "[1, ∞)",
                "Mean requests of a conversation that the client named.",
                DEFINITION,
                "{} turns in a conversation",
                profile -> profile.count(Count.IN_CONVERSATION) == 0
                        ? Double.NaN
                        : Math.max(
                                1,
                                profile.count(Count.IN_CONVERSATION)
                                        / profile.distinct().estimate(Kind.CONVERSATIONS))));
        list.add(share("system_share", Count.WITH_SYSTEM, "Share with system instructions.", "{} carry instructions"));
        list.add(share("stream_share", Count.STREAMED, "Share with a streamed answer.", "{} stream the answer"));
        list.add(share("tools_share", Count.WITH_TOOLS, "Share that offers tools.", "{} offer tools"));
        list.add(share(
                "cache_read_share",
                Count.CACHE_READS,
                "Share of requests that read prompt tokens from the cache.",
                "{} read from the prompt cache"));
        list.add(share(
                "end_user_share",
                Count.WITH_END_USER,
                "Share of requests that name an end user.",
                "{} name an end user"));
    }

    private static double continuity(Profile profile) {
        return profile.promptMean()
                .map(mean -> profile.continuity()
                        .correlation(mean, profile.distinct().estimate(Kind.CONVERSATIONS)))
                .orElse(Double.NaN);
    }
}
