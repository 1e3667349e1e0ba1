package io.stillwatch.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/** Strict JSON from untrusted bytes. */
final class Json {
    /**
     * Deepest nesting; levels. What Python's json reads, so that whatever a Python gateway logged can be read here, and
     * far below what would overflow a stack.
     */
    static final int DEEPEST = 1_000;

    /** For parsing token by token; names twice in an object are for the caller to find. */
    static final JsonFactory STREAMS = JsonFactory.builder()
            // Record limits bound the length already; interning would keep names of untrusted input for ever.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private static final ObjectMapper TREES = JsonMapper.builder(STREAMS.rebuild()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private Json() {}

    /** The one JSON object the bytes hold. */
    static JsonNode object(byte[] bytes, int from, int length) throws RecordRejected {
        checkText(bytes, from, length);
        try (JsonParser parser = TREES.getFactory().createParser(bytes, from, length)) {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new RecordRejected("a JSON object is expected, not " + kind(first));
            }
            JsonNode node = TREES.readTree(parser);
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

    /** The JSON value a text holds, as where an attribute carries JSON in a string; empty if it is not JSON. */
    static Optional<JsonNode> embedded(String text) {
        String json = text.strip();
        if (!json.startsWith("{") && !json.startsWith("[")) {
            return Optional.empty();
        }
        try {
            return Optional.of(TREES.readTree(json));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** @throws RecordRejected if the bytes are not UTF-8, or so begun that a parser would guess another encoding */
    static void checkText(byte[] bytes, int from, int length) throws RecordRejected {
        int malformed = Utf8.indexOfMalformed(bytes, from, from + length);
        if (malformed < from + length) {
            throw new RecordRejected(String.format(
                    Locale.ROOT,
                    "byte %d of the record (0x%02x) is not valid UTF-8",
                    malformed - from + 1,
                    bytes[malformed] & 0xff));
        }
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
            return new RecordRejected("the JSON is nested deeper than " + DEEPEST + " levels");
        }
        String what = Printable.of(problem.getOriginalMessage(), 160);
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
