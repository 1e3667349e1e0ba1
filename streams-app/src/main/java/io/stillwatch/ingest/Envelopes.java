package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * What log shippers wrap around a record: Docker, Filebeat and Logstash, Fluent Bit, Vector, Datadog, Cloud Logging,
 * Elasticsearch, CloudWatch and Firehose, Loki, Splunk, Azure, {@code kcat -J}, CloudEvents. A record within may be wrapped
 * again.
 *
 * <p>Only what a shipper fills is looked into, or names that callers fill where the shipper's own names stand beside them:
 * what a caller wrote must not pass for a record of the log.
 */
final class Envelopes {
    /** Most envelopes around one record; count. */
    private static final int DEEPEST = 5;

    /** Names under which shippers keep the line that they ship. */
    private static final String[] LINES = {
        "message",
        "log",
        "msg",
        "jsonPayload",
        "textPayload",
        "_raw",
        "raw",
        "MESSAGE",
        "line",
        "_line",
        "event",
        "_source",
        "json",
        "attributes",
        "fields",
        "properties",
        "result",
        "otel_log"
    };

    /** Names that a shipper does not write, but whoever logs requests to models. */
    private static final String[] OF_REQUESTS = {
        "model",
        "model_id",
        "prompt",
        "messages",
        "completion",
        "account_id",
        "user_id",
        "customer_id",
        "conversation_id"
    };

    private static final String[] LISTS = {"logEvents", "events", "records", "Records", "streams", "results", "logs"};

    private static final int SHORTEST_BASE64 = 16;

    private Envelopes() {}

    /** The records inside that are in a format known; none if there is no such. */
    static List<JsonNode> inside(JsonNode envelope) {
        List<JsonNode> found = new ArrayList<>();
        collect(envelope, 0, found);
        return found;
    }

    private static void collect(JsonNode envelope, int depth, List<JsonNode> found) {
        if (depth >= DEEPEST || !envelope.isObject()) {
            return;
        }
        JsonNode hits = envelope.path("hits").path("hits");
        if (hits.isArray()) {
            hits.forEach(hit -> known(hit.path("_source"), depth, found));
            return;
        }
        for (String name : LISTS) {
            JsonNode list = envelope.path(name);
            if (list.isArray()) {
                list.forEach(element -> ofList(element, depth, found));
            }
        }
        JsonNode streams = envelope.path("data").path("result");
        streams.forEach(stream -> ofList(stream, depth, found));
        if (!found.isEmpty()) {
            return;
        }
        if (isRequestItself(envelope)) {
            return;
        }
        for (String name : LINES) {
            known(envelope.path(name), depth, found);
            if (!found.isEmpty()) {
                return;
            }
        }
        marked(envelope, depth, found);
    }

    /** What tells of a request itself has what the caller wrote in fields of such names, and it must not pass for a record. */
    private static boolean isRequestItself(JsonNode record) {
        for (String name : OF_REQUESTS) {
            if (Tree.isPresent(Tree.folded(record, name))) {
                return true;
            }
        }
        return false;
    }

    /** An element of a shipper's list: a line with its time, a record in base64, or a stream of lines. */
    private static void ofList(JsonNode element, int depth, List<JsonNode> found) {
        JsonNode values = element.path("values");
        if (values.isArray()) {
            values.forEach(pair -> known(pair.path(1), depth, found));
            return;
        }
        JsonNode data = Tree.first(element, "data");
        data = Tree.isPresent(data) ? data : element.path("kinesis").path("data");
        if (data.isTextual()) {
            known(decoded(data.textValue()), depth, found);
        } else if (element.path("body").isTextual() && element.has("messageId")) {
            known(element.path("body"), depth, found);
        } else if (element.path("properties").isObject() && element.has("category")) {
            known(azure(element), depth, found);
        } else {
            known(element, depth, found);
        }
    }

    /** Azure's diagnostic records have what tells of the request beside it and below {@code properties}. */
    private static JsonNode azure(JsonNode element) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : element.path("properties").properties()) {
            row.set(upper(field.getKey()), field.getValue());
        }
        row.set("TimeGenerated", element.path("time"));
        if (!row.has("CorrelationId") && element.has("correlationId")) {
            row.set("CorrelationId", element.path("correlationId"));
        }
        return row;
    }

    private static String upper(String name) {
        return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** Envelopes that have names for anything, known by others beside them. */
    private static void marked(JsonNode envelope, int depth, List<JsonNode> found) {
        boolean kafka = envelope.has("topic") && envelope.has("partition") && envelope.has("offset");
        if (kafka || (envelope.has("schema") && envelope.has("payload"))) {
            known(envelope.path("payload"), depth, found);
            known(envelope.path("value"), depth, found);
        }
        if (envelope.has("specversion")) {
            known(envelope.path("data"), depth, found);
            known(decoded(envelope.path("data_base64").asText()), depth, found);
        }
        JsonNode published = envelope.path("message").path("data");
        if (published.isTextual()) {
            known(decoded(published.textValue()), depth, found);
        }
        if (envelope.has("ddsource") || envelope.has("_index")) {
            known(envelope.path("content"), depth, found);
        }
    }

    private static void known(JsonNode given, int depth, List<JsonNode> found) {
        JsonNode node = given;
        if (given.isTextual()) {
            String text = given.textValue();
            int brace = text.indexOf('{');
            node = brace < 0 ? given : Json.embedded(text.substring(brace)).orElseGet(() -> Json.unpacked(given));
        }
        if (node.isArray()) {
            node.forEach(element -> known(element, depth + 1, found));
        } else if (node.isObject()) {
            if (FormatDetector.candidates(node).isEmpty()) {
                collect(node, depth + 1, found);
            } else {
                found.add(node);
            }
        }
    }

    private static JsonNode decoded(String base64) {
        if (base64.length() < SHORTEST_BASE64) {
            return Tree.missing();
        }
        try {
            return Tree.textNode(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Tree.textNode(base64);
        }
    }
}
