package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.COUNT;
import static io.stillwatch.profile.feature.FeatureUnit.DAYS;
import static io.stillwatch.profile.feature.Formulas.DEFINITION;
import static io.stillwatch.profile.feature.Formulas.DISTINCT;
import static io.stillwatch.profile.feature.Formulas.NON_NEGATIVE;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.sketch.DistinctByKind.Kind;
import java.util.List;

/** How many models, keys, networks, clients and people are behind the requests, and how old the account is. */
final class InfrastructureFeatures {
    private static final double DAY_MS = 86_400_000;

    private InfrastructureFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(distinct(
                "distinct_models",
                "Models asked; as all counts of company, exact up to 16, then ±9.5 % at one standard error.",
                "{} models",
                Kind.MODELS));
        list.add(distinct(
                "distinct_systems", "Different system instructions.", "{} different instructions", Kind.SYSTEMS));
        list.add(distinct("distinct_tool_sets", "Different tool definitions.", "{} tool sets", Kind.TOOL_SETS));
        list.add(distinct(
                "distinct_conversations", "Conversations the client named.", "{} conversations", Kind.CONVERSATIONS));
        list.add(distinct("distinct_end_users", "End users named.", "{} end users", Kind.END_USERS));
        list.add(distinct("distinct_api_keys", "API keys used.", "{} API keys", Kind.API_KEYS));
        list.add(distinct("distinct_networks", "Networks the requests came from.", "{} networks", Kind.NETWORKS));
        list.add(distinct("distinct_clients", "Client kinds used.", "{} client kinds", Kind.CLIENTS));
        list.add(Feature.ofProfile(
                "account_age",
                DAYS,
                "(-∞, ∞)",
                "Days between sign-up, to the minute, and the last request; no value when the sign-up is unknown.",
                DEFINITION,
                "an account of {} days",
                InfrastructureFeatures::accountAge));
    }

    private static Feature distinct(String name, String meaning, String clause, Kind kind) {
        return Feature.ofProfile(
                name,
                COUNT,
                NON_NEGATIVE,
                meaning,
                DISTINCT,
                clause,
                // An estimate that errs upwards must not claim more of a kind than there are requests.
                profile ->
                        Math.min((double) profile.requests(), profile.distinct().estimate(kind)));
    }

    private static double accountAge(Profile profile) {
        return profile.createdMs().isPresent() && profile.lastEventMs().isPresent()
                ? (profile.lastEventMs().getAsLong()
                                - (double) profile.createdMs().getAsLong())
                        / DAY_MS
                : Double.NaN;
    }
}
