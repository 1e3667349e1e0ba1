package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.COUNT;
import static io.stillwatch.profile.feature.FeatureUnit.SHARE;
import static io.stillwatch.profile.feature.Formulas.DEFINITION;
import static io.stillwatch.profile.feature.Formulas.NON_NEGATIVE;
import static io.stillwatch.profile.feature.Formulas.UNIT_RANGE;

import io.stillwatch.profile.Loss;
import io.stillwatch.profile.Profile;
import java.util.List;

/** What share of the records the other numbers were made of. */
final class CompletenessFeatures {
    private CompletenessFeatures() {}

    static void addTo(List<Feature> list) {
        list.add(Feature.ofProfile(
                "completeness",
                SHARE,
                UNIT_RANGE,
                "Requests over requests, late and unreadable records: below 1 the other numbers are short of some.",
                DEFINITION,
                "{} of the records are counted in",
                Profile::completeness));
        list.add(lost("late_requests", Loss.LATE, "Requests that came after the grace and were not counted."));
        list.add(lost(
                "duplicate_requests",
                Loss.DUPLICATE,
                "Requests left out as sent again: same id, same content, within ten seconds."));
        list.add(lost("unreadable_requests", Loss.UNREADABLE, "Records that could not be decoded."));
    }

    private static Feature lost(String name, Loss kind, String meaning) {
        return Feature.ofProfile(
                name,
                COUNT,
                NON_NEGATIVE,
                meaning,
                DEFINITION,
                "{} " + name.replace('_', ' '),
                profile -> profile.lost(kind));
    }
}
