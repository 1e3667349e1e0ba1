package io.stillwatch.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.yaml.YamlDocument;
import io.stillwatch.yaml.YamlException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What an evaluation must reach, by figure:
 *
 * <pre>
 * detection: {least: 0.9}
 * false_positives: {most: 0.002}
 * </pre>
 */
public final class Floors {
    private final Map<String, Bounds> bounds;

    private Floors(Map<String, Bounds> bounds) {
        this.bounds = bounds;
    }

    private record Bounds(OptionalDouble least, OptionalDouble most) {}

    /**
     * Reads floors from YAML.
     *
     * @throws FloorsException saying what is wrong, in one sentence
     */
    public static Floors read(String yaml) {
        YamlDocument document;
        try {
            document = YamlDocument.read(yaml);
        } catch (YamlException e) {
            throw new FloorsException("it is no valid YAML near line " + e.line());
        }
        if (!document.root().isObject() || document.root().isEmpty()) {
            throw new FloorsException("it must name at least one figure, as in detection: {least: 0.9}");
        }
        Map<String, Bounds> bounds = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : document.root().properties()) {
            String figure = entry.getKey();
            bounds.put(
                    figure,
                    bounds(entry.getValue())
                            .orElseThrow(() -> new FloorsException(figure + " in line " + document.line("/" + figure)
                                    + " must have a least or a most value, as in {least: 0.9}")));
        }
        return new Floors(bounds);
    }

    private static Optional<Bounds> bounds(JsonNode node) {
        OptionalDouble least = number(node.get("least"));
        OptionalDouble most = number(node.get("most"));
        int known = (least.isPresent() ? 1 : 0) + (most.isPresent() ? 1 : 0);
        return node.isObject() && known > 0 && node.size() == known
                ? Optional.of(new Bounds(least, most))
                : Optional.empty();
    }

    private static OptionalDouble number(JsonNode node) {
        return node != null && node.isNumber() ? OptionalDouble.of(node.doubleValue()) : OptionalDouble.empty();
    }

    /** Those of them whose figure's name is like that. */
    public Floors only(Predicate<String> figure) {
        Map<String, Bounds> some = new TreeMap<>(bounds);
        some.keySet().removeIf(figure.negate());
        return new Floors(some);
    }

    /** One sentence for each figure that misses its bounds, or cannot be told; none when all hold. */
    public List<String> missed(Map<String, Double> figures) {
        List<String> missed = new ArrayList<>();
        bounds.forEach((figure, bound) -> {
            Double value = figures.get(figure);
            if (value == null) {
                missed.add(
                        figure + " cannot be told from this traffic; take it out of the floors, or correct its name");
            } else if (bound.least.isPresent() && !(value >= bound.least.getAsDouble())) {
                missed.add(sentence(figure, value, "at least", bound.least.getAsDouble()));
            } else if (bound.most.isPresent() && !(value <= bound.most.getAsDouble())) {
                missed.add(sentence(figure, value, "at most", bound.most.getAsDouble()));
            }
        });
        return missed;
    }

    private static String sentence(String figure, double value, String how, double bound) {
        return String.format(Locale.ROOT, "%s is %.4f and must be %s %.4f", figure, value, how, bound);
    }
}
