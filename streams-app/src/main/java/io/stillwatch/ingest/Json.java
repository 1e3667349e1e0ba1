package io.stillwatch.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.text.Printable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.Optional;

/**
 * JSON from untrusted bytes, read no more strictly than gateways read it: of a name given twice the last value counts, NaN
 * and the infinities are numbers, a number may have any length and a text raw control characters. What the caller of a
 * model API writes into a request must not get its record refused here after the gateway has served it.
 *
 * <p>What no reader here could use is set aside instead: a number longer than {@value #LONGEST_NUMBER} characters becomes a
 * text, and what is nested deeper than {@value #DEEPEST} levels becomes null.
 */
final class Json {
    /** Deepest nesting that is kept; levels. Far below what would overflow a stack. */
    static final int DEEPEST = 1_000;

    /** Longest number that is kept as one; characters. */
    static final int LONGEST_NUMBER = 64;

    /** Digits that fit a long with their sign, whatever they are. */
    private static final int LONGEST_OF_LONG = 18;

    /** Deepest nesting that is passed over; levels. Each level open costs memory. */
    private static final int DEEPEST_PASSED = 100_000;

    /** For parsing token by token; names twice in an object are for the caller to find. */
    static final JsonFactory STREAMS = JsonFactory.builder()
            // Record limits bound the length already; interning would keep names of untrusted input for ever.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST_PASSED)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Json() {}

    /** The one JSON object the bytes hold. */
    static JsonNode object(byte[] bytes, int from, int length) throws RecordRejected {
        if (Utf8.indexOfMalformed(bytes, from, from + length) < from + length) {
            byte[] repaired = Utf8.repaired(bytes, from, length);
            return object(repaired, 0, repaired.length);
        }
        checkText(bytes, from, length);
        try (JsonParser parser = STREAMS.createParser(bytes, from, length)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new RecordRejected("a JSON object is expected, not " + kind(first));
            }
            JsonNode node = tree(parser, 0);
            if (parser.nextToken() != null) {
                throw somethingFollows();
            }
            return node;
        } catch (JsonProcessingException e) {
            throw rejected(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As much as can be read of an object that may break off or be followed by something. */
    static JsonNode begun(byte[] bytes, int from, int length) {
        ObjectNode object = NODES.objectNode();
        try (JsonParser parser = STREAMS.createParser(bytes, from, length)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    object.set(name, parser.nextToken() == null ? NODES.nullNode() : NODES.objectNode());
                    object.set(name, tree(parser, 1));
                }
            }
        } catch (IOException e) {
            return object;
        }
        return object;
    }

    /** The JSON value a text holds, as where an attribute carries JSON in a string; empty if it is not JSON. */
    static Optional<JsonNode> embedded(String text) {
        int begin = 0;
        while (begin < text.length() && text.charAt(begin) <= ' ') {
            begin++;
        }
        if (begin == text.length() || (text.charAt(begin) != '{' && text.charAt(begin) != '[')) {
            return Optional.empty();
        }
        try (JsonParser parser = STREAMS.createParser(text)) {
            parser.nextToken();
            JsonNode node = tree(parser, 0);
            return parser.nextToken() == null ? Optional.of(node) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The node, or the JSON it holds where it is a text that holds some. */
    static JsonNode unpacked(JsonNode node) {
        return node.isTextual() ? embedded(node.textValue()).orElse(node) : node;
    }

    /** The value at the parser's token, which is left at its end. */
    static JsonNode tree(JsonParser parser, int depth) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                return depth < DEEPEST ? objectNode(parser, depth) : passedOver(parser);
            }
            case START_ARRAY -> {
                return depth < DEEPEST ? arrayNode(parser, depth) : passedOver(parser);
            }
            case VALUE_STRING -> {
                return NODES.textNode(parser.getText());
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return number(parser);
            }
            case VALUE_TRUE -> {
                return NODES.booleanNode(true);
            }
            case VALUE_FALSE -> {
                return NODES.booleanNode(false);
            }
            default -> {
                return NODES.nullNode();
            }
        }
    }

    private static JsonNode objectNode(JsonParser parser, int depth) throws IOException {
        ObjectNode object = new SpelledObject();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(name, tree(parser, depth + 1));
        }
        return object;
    }

    private static JsonNode arrayNode(JsonParser parser, int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(tree(parser, depth + 1));
        }
        return array;
    }

    private static JsonNode passedOver(JsonParser parser) throws IOException {
        parser.skipChildren();
        return NODES.nullNode();
    }

    private static JsonNode number(JsonParser parser) throws IOException {
        if (parser.getTextLength() > LONGEST_NUMBER) {
            return NODES.textNode(parser.getText());
        }
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
            return NODES.numberNode(parser.getDoubleValue());
        }
        return parser.getTextLength() <= LONGEST_OF_LONG
                ? NODES.numberNode(parser.getLongValue())
                : NODES.numberNode(new BigInteger(parser.getText()));
    }

    /** @throws RecordRejected if the bytes begin so that a parser would guess another encoding than UTF-8 */
    static void checkText(byte[] bytes, int from, int length) throws RecordRejected {
        for (int index = from; index < from + Math.min(4, length); index++) {
            if (bytes[index] == 0) {
                throw new RecordRejected("byte " + (index - from + 1) + " of the record is a NUL, so it is no text");
            }
        }
    }

    static RecordRejected somethingFollows() {
        return new RecordRejected("something follows the JSON object on its line");
    }

    /** What is wrong with the JSON, in a sentence. */
    static RecordRejected rejected(JsonProcessingException problem) {
        if (problem instanceof JsonEOFException) {
            return new RecordRejected("the JSON ends in the middle of the record");
        }
        if (problem instanceof StreamConstraintsException
                && problem.getOriginalMessage().contains("nesting")) {
            return new RecordRejected("the JSON is nested deeper than " + DEEPEST_PASSED + " levels");
        }
        String what = Printable.text(problem.getOriginalMessage(), 160);
        long at = problem.getLocation() == null ? -1 : problem.getLocation().getByteOffset();
        return new RecordRejected("not valid JSON" + (at < 0 ? "" : " at byte " + (at + 1)) + ": " + what);
    }

    /** The kind of value, for a sentence; {@code null} is the end of the input. */
    static String kind(JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return switch (token) {
            case START_ARRAY -> "an array";
            case START_OBJECT -> "an object";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "true or false";
            default -> "null";
        };
    }
}
