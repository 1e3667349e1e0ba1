package io.stillwatch.profile.feature;

import static io.stillwatch.profile.feature.FeatureUnit.SHARE;
import static io.stillwatch.profile.feature.Formulas.UNIT_RANGE;
import static io.stillwatch.profile.feature.Formulas.ratio;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.Count;
import java.util.List;

/** What prompts ask for: one feature for each marker. */
final class MarkerFeatures {
    private MarkerFeatures() {}

    static void addTo(List<Feature> list) {
        for (Marker marker : Marker.values()) {
            list.add(Feature.ofProfile(
                    marker.id() + "_share",
                    SHARE,
                    UNIT_RANGE,
                    "Share of the prompts of which one " + marker.meaning() + ".",
                    "Phrases and shapes of markers.yaml",
                    "{} of the prompts " + ofMany(marker.meaning()),
                    profile -> ratio(profile.marked(marker), profile.count(Count.WITH_PROMPT))));
        }
    }

    /** What one prompt does, said of many: asks for code, ask for code. */
    static String ofMany(String meaning) {
        int end = meaning.indexOf(' ');
        String verb = meaning.substring(0, end);
        String many = switch (verb) {
            case "is" -> "are";
            case "has" -> "have";
            case "carries" -> "carry";
            default -> verb.substring(0, verb.length() - 1);
        };
        return many + meaning.substring(end);
    }
}
