package io.stillwatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;

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

    static boolean isPresent(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }

    /** A scalar as text; null if it is none. */
    static String text(JsonNode node) {
        return node.isValueNode() && !node.isNull() ? Utf8.encodable(node.asText()) : null;
    }

    /** The text of the first named field that is a scalar and not blank; null if there is none. */
    static String firstText(JsonNode node, String... names) {
        for (String name : names) {
            String text = text(node.path(name));
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** A scalar as text, anything else as compact JSON; null if absent. */
    static String textOrJson(JsonNode node) {
        return !isPresent(node) || node.isValueNode() ? text(node) : Utf8.encodable(node.toString());
    }

    static Long whole(JsonNode node, String field) throws RecordRejected {
        return read(node, parser -> Scalars.whole(parser, field));
    }

    static Integer wholeInt(JsonNode node, String field) throws RecordRejected {
        return read(node, parser -> Scalars.wholeInt(parser, field));
    }

    static Double number(JsonNode node, String field) throws RecordRejected {
        return read(node, parser -> Scalars.number(parser, field));
    }

    static Boolean flag(JsonNode node, String field) throws RecordRejected {
        return read(node, parser -> Scalars.flag(parser, field));
    }

    /** A time as milliseconds since 1970; null if absent. */
    static Long time(JsonNode node, String field, EventTime.Unit unit) throws RecordRejected {
        return read(node, parser -> Scalars.time(parser, field, unit));
    }

    private interface Reading<T> {
        T from(JsonParser parser) throws IOException, RecordRejected;
    }

    private static <T> T read(JsonNode node, Reading<T> reading) throws RecordRejected {
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
