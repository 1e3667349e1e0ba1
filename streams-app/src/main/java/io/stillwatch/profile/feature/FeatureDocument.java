package io.stillwatch.profile.feature;

/** Writes {@code docs/features.md} from the declared features. */
public final class FeatureDocument {
    private FeatureDocument() {}

    /** The whole document. */
    public static String markdown() {
        StringBuilder text = new StringBuilder("""
                # Features

                Numbers that signatures read from a profile, generated from the code (`Features`). A feature that has no
                value yet, because there are too few requests, satisfies no comparison.

                | feature | unit | range | meaning | formula source |
                |---|---|---|---|---|
                """);
        for (Feature feature : Features.all()) {
            text.append("| `")
                    .append(feature.name())
                    .append("` | ")
                    .append(feature.unit().label())
                    .append(" | ")
                    .append(feature.range())
                    .append(" | ")
                    .append(feature.meaning())
                    .append(" | ")
                    .append(feature.source())
                    .append(" |\n");
        }
        return text.toString();
    }
}
