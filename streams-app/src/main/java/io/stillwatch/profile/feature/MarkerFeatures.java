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
                    "{} of the prompts: the prompt " + marker.meaning(),
                    profile -> ratio(profile.marked(marker), profile.count(Count.WITH_PROMPT))));
        }
    }
}
