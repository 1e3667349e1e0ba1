package io.stillwatch.evaluate;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

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
        JsonNode root;
        try {
            root = YAML.readTree(yaml);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new FloorsException("it is no valid YAML near line " + line);
        }
        if (root == null || !root.isObject() || root.isEmpty()) {
            throw new FloorsException("it must name at least one figure, as in detection: {least: 0.9}");
        }
        Map<String, Bounds> bounds = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : root.properties()) {
            bounds.put(entry.getKey(), bounds(entry.getKey(), entry.getValue()));
        }
        return new Floors(bounds);
    }

    private static Bounds bounds(String figure, JsonNode node) {
        OptionalDouble least = number(node.get("least"));
        OptionalDouble most = number(node.get("most"));
        int known = (least.isPresent() ? 1 : 0) + (most.isPresent() ? 1 : 0);
        if (!node.isObject() || known == 0 || node.size() != known) {
            throw new FloorsException(figure + " must have a least or a most value, as in {least: 0.9}");
        }
        return new Bounds(least, most);
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
