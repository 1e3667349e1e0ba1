package io.stillwatch.yaml;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A YAML text and the lines its parts stand on. A place in it is a JSON pointer (RFC 6901): {@code /rules/0/name}. A key
 * that stands twice in a mapping is an error, as is one that the type read does not know: a misspelt or repeated key must
 * not be overlooked. Immutable.
 */
public final class YamlDocument {
    private static final YAMLMapper YAML = YAMLMapper.builder(new YAMLFactory())
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private final JsonNode root;
    private final Map<String, Integer> lines;

    private YamlDocument(JsonNode root, Map<String, Integer> lines) {
        this.root = root;
        this.lines = lines;
    }

    /**
     * Reads one document.
     *
     * @throws YamlException when it is no YAML, or more than one document
     */
    public static YamlDocument read(String yaml) {
        try {
            JsonNode root = YAML.readTree(yaml);
            return new YamlDocument(root == null ? MissingNode.getInstance() : root, lines(yaml));
        } catch (JsonProcessingException e) {
            throw new YamlException(
                    e.getLocation() == null ? 1 : e.getLocation().getLineNr(),
                    e.getOriginalMessage().lines().findFirst().orElse("not readable as YAML"));
        } catch (IOException e) {
            throw new YamlException(1, "not readable as YAML");
        }
    }

    /**
     * Reads what ships with the program beside a class.
     *
     * @throws UncheckedIOException when it is missing or broken
     */
    public static <T> T bundled(Class<?> owner, String resource, TypeReference<T> type) {
        try (InputStream in = owner.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is missing from the program");
            }
            return YAML.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException("the bundled " + resource + " cannot be read", e);
        }
    }

    /** The line on which each key stands, or else each value begins, by its place. */
    private static Map<String, Integer> lines(String yaml) throws IOException {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser parser = new YAMLFactory().createParser(yaml)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                lines.putIfAbsent(
                        parser.getParsingContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
            }
        }
        return lines;
    }

    /** All of it; missing when the text is empty. */
    public JsonNode root() {
        return root;
    }

    /** The line on which a key stands or an entry of a list begins, from 1; that of what it is in when it is not there. */
    public int line(String place) {
        for (String at = place; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            Integer line = lines.get(at);
            if (line != null) {
                return line;
            }
        }
        return 1;
    }

    /**
     * All of it as a value, whose components are the keys in {@code snake_case}.
     *
     * @throws YamlException naming what does not fit, and the line
     */
    public <T> T as(Class<T> type) {
        try {
            return YAML.treeToValue(root, type);
        } catch (UnrecognizedPropertyException e) {
            throw new YamlException(
                    line(place(e.getPath())),
                    "there is no key `" + e.getPropertyName() + "`; known here are "
                            + e.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        } catch (JsonMappingException e) {
            throw new YamlException(
                    line(place(e.getPath())),
                    e.getOriginalMessage().lines().findFirst().orElse("not what belongs here"));
        } catch (JsonProcessingException e) {
            throw new YamlException(1, e.getOriginalMessage());
        }
    }

    private static String place(List<JsonMappingException.Reference> path) {
        return path.stream()
                .map(step -> step.getFieldName() == null
                        ? "/" + step.getIndex()
                        : "/" + step.getFieldName().replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }
}
