package io.stillwatch.profile.feature;

/** Unit of a feature's value; says how to print it. */
public enum FeatureUnit {
    COUNT("count"),
    SHARE("share"),
    TOKENS("tokens"),
    CHARACTERS("characters"),
    HOURS("hours"),
    DAYS("days"),
    RATIO("ratio"),
    COSINE("cosine");

    private final String label;

    FeatureUnit(String label) {
        this.label = label;
    }

    /** Name in alerts and in {@code features.md}. */
    public String label() {
        return label;
    }
}
