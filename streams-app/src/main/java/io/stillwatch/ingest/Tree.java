package io.stillwatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks into JSON trees of foreign formats, where anything may be absent or of another kind than documented. */
final class Tree {
    private Tree() {}

    /** The first of the named fields that is there and not null, else a missing node. */
    static JsonNode first(JsonNode node, String... names) {
        for (String name : names) {
            JsonNode child = node.path(name);
            if (!child.isMissingNode() && !child.isNull()) {
                return child;
            }
        }
        return MissingNode.getInstance();
    }

    /**
     * The first of the named fields that is there and not null, however it is spelled: {@code created_at}, {@code
     * createdAt} and {@code Created-At} are one name. Go's parser takes names in any case, so what a caller wrote to a
     * gateway in Go may be spelled so.
     */
    static JsonNode firstFolded(JsonNode node, String... names) {
        JsonNode exact = first(node, names);
        if (isPresent(exact) || !node.isObject()) {
            return exact;
        }
        for (String name : names) {
            JsonNode child = folded(node, name);
            if (isPresent(child)) {
                return child;
            }
        }
        return MissingNode.getInstance();
    }

    /** The field of that name, however it is spelled; a missing node if there is none. */
    static JsonNode folded(JsonNode node, String name) {
        if (node instanceof SpelledObject object && !object.mayHave(name)) {
            return MissingNode.getInstance();
        }
        JsonNode exact = node.path(name);
        if (!exact.isMissingNode() || !node.isObject()) {
            return exact;
        }
        JsonNode found = MissingNode.getInstance();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (isSameName(field.getKey(), name)) {
                found = field.getValue();
            }
        }
        return found;
    }

    /** Whether two names are the same but for case, underscores and hyphens. */
    static boolean isSameName(String given, String name) {
        int at = 0;
        int other = 0;
        while (true) {
            while (at < given.length() && isSeparator(given.charAt(at))) {
                at++;
            }
            while (other < name.length() && isSeparator(name.charAt(other))) {
                other++;
            }
            if (at == given.length() || other == name.length()) {
                return at == given.length() && other == name.length();
            }
            if (isOtherLetter(given.charAt(at++), name.charAt(other++))) {
                return false;
            }
        }
    }

    private static boolean isOtherLetter(char one, char other) {
        if (one == other) {
            return false;
        }
        return folded(one) != folded(other);
    }

    /** The letter in lower case; any other character as it is. */
    static char folded(char character) {
        if (character >= 0x80) {
            return Character.toLowerCase(character);
        }
        return character >= 'A' && character <= 'Z' ? (char) (character | 0x20) : character;
    }

    static boolean isSeparator(char character) {
        return character == '_' || character == '-';
    }

    static ObjectNode emptyObject() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode textNode(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    static JsonNode missing() {
        return MissingNode.getInstance();
    }

    static boolean isPresent(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    /** A scalar as text; null if it is none. */
    static @Nullable String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? Utf8.encodable(node.asText()) : null;
    }

    /** The text of the first named field that is a scalar and not blank; null if there is none. */
    static @Nullable String firstText(JsonNode node, String... names) {
        for (String name : names) {
            String text = text(node.path(name));
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** A scalar as text, anything else as compact JSON; null if absent. */
    static @Nullable String textOrJson(JsonNode node) {
        return !isPresent(node) || node.isValueNode() ? text(node) : Utf8.encodable(node.toString());
    }

    /** A number that protobuf has as 64 bits without a sign. */
    static JsonNode unsigned(long value) {
        return value >= 0
                ? JsonNodeFactory.instance.numberNode(value)
                : JsonNodeFactory.instance.textNode(Long.toUnsignedString(value));
    }

    static @Nullable Long whole(JsonNode node, String field) throws RecordRejected {
        if (node.isInt() || node.isLong()) {
            return node.longValue();
        }
        return read(node, parser -> Scalars.whole(parser, field));
    }

    static @Nullable Integer wholeInt(JsonNode node, String field) throws RecordRejected {
        if (node.isInt()) {
            return node.intValue();
        }
        return read(node, parser -> Scalars.wholeInt(parser, field));
    }

    static @Nullable Double number(JsonNode node, String field) throws RecordRejected {
        if (node.isDouble() || node.isInt()) {
            return node.doubleValue();
        }
        return read(node, parser -> Scalars.number(parser, field));
    }

    static @Nullable Boolean flag(JsonNode node, String field) throws RecordRejected {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return read(node, parser -> Scalars.flag(parser, field));
    }

    /** A time as milliseconds since 1970; null if absent. */
    static @Nullable Long time(JsonNode node, String field, TimeReader.Unit unit) throws RecordRejected {
        return read(node, parser -> Scalars.time(parser, field, unit));
    }

    private interface Reading<T> {
        @Nullable
        T from(JsonParser parser) throws IOException, RecordRejected;
    }

    private static <T> @Nullable T read(JsonNode node, Reading<T> reading) throws RecordRejected {
        if (!isPresent(node)) {
            return null;
        }
        try (JsonParser parser = node.traverse()) {
            parser.nextToken();
            return reading.from(parser);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
