package io.stillwatch.signature;

import com.fasterxml.jackson.core.type.TypeReference;
import io.stillwatch.yaml.YamlDocument;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Accounts of a kind as feature values, which the examples of signatures start from: an example names the archetype it is
 * like and what is different. Immutable.
 */
final class Archetypes {
    private static final String FILE = "archetypes.yaml";

    private final Map<String, Map<String, Double>> byName;

    private Archetypes(Map<String, Map<String, Double>> byName) {
        this.byName = byName;
        byName.values().forEach(features -> features.keySet().forEach(FeatureValues::feature));
    }

    private static final class Bundled {
        private static final Archetypes INSTANCE = read();
    }

    /** The archetypes that ship with the release. */
    static Archetypes bundled() {
        return Bundled.INSTANCE;
    }

    private static Archetypes read() {
        return new Archetypes(new TreeMap<>(YamlDocument.bundled(
                Archetypes.class, FILE, new TypeReference<Map<String, Map<String, Double>>>() {})));
    }

    Optional<Map<String, Double>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All names, for messages. */
    String names() {
        return String.join(", ", byName.keySet());
    }
}
