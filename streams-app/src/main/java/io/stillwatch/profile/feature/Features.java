package io.stillwatch.profile.feature;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every feature there is, each declared once; {@code features.md} and the signatures' variables come from here. */
public final class Features {
    private static final Map<String, Feature> BY_NAME = byName();

    private Features() {}

    /** All features in the order of the documentation. */
    public static List<Feature> all() {
        return List.copyOf(BY_NAME.values());
    }

    public static Optional<Feature> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** Every declaration, so that a name declared twice can be told. */
    static List<Feature> declared() {
        List<Feature> list = new ArrayList<>();
        VolumeFeatures.addTo(list);
        DiversityFeatures.addTo(list);
        AccountFeatures.addTo(list);
        InteractionFeatures.addTo(list);
        PeopleFeatures.addTo(list);
        ParameterFeatures.addTo(list);
        InfrastructureFeatures.addTo(list);
        ComparisonFeatures.addTo(list);
        CampaignFeatures.addTo(list);
        EvidenceFeatures.addTo(list);
        CompletenessFeatures.addTo(list);
        MarkerFeatures.addTo(list);
        return list;
    }

    private static Map<String, Feature> byName() {
        Map<String, Feature> byName = new LinkedHashMap<>();
        for (Feature feature : declared()) {
            byName.put(feature.name(), feature);
        }
        return Collections.unmodifiableMap(byName);
    }
}
