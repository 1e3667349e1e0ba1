package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Spans and log records as OTLP/JSON again, each with its own resource: so a piece that could not be used can be read by
 * itself, whatever batch and encoding it came in.
 */
final class OtlpRendering {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private OtlpRendering() {}

    static OriginalBytes of(SpanPiece span) {
        ObjectNode rendered = ids(span.traceId(), span.spanId());
        rendered.put("parentSpanId", span.parentId());
        rendered.put("name", span.name()).put("kind", span.kind());
        span.start().ifPresent(ms -> rendered.put("startTimeUnixNano", ms + "000000"));
        span.problem().ifPresent(problem -> rendered.put("startTimeUnixNano", problem.written()));
        span.end().ifPresent(ms -> rendered.put("endTimeUnixNano", ms + "000000"));
        rendered.set("attributes", keyValues(span.attributes()));
        ArrayNode events = rendered.putArray("events");
        for (SpanPiece.Event event : span.events()) {
            events.addObject().put("name", event.name()).set("attributes", keyValues(event.attributes()));
        }
        rendered.putObject("status").put("code", span.statusCode()).put("message", span.statusMessage());
        return bytes(batch("Spans", "spans", span.scope(), span.resource(), rendered));
    }

    static OriginalBytes of(LogPiece log) {
        ObjectNode rendered = ids(log.traceId(), log.spanId());
        rendered.put("timeUnixNano", Long.toString(log.timeNs())).put("eventName", log.eventName());
        rendered.set("body", value(log.body()));
        rendered.set("attributes", keyValues(log.attributes()));
        return bytes(batch("Logs", "logRecords", log.scope(), log.resource(), rendered));
    }

    private static ObjectNode ids(String trace, String span) {
        return NODES.objectNode().put("traceId", trace).put("spanId", span);
    }

    private static ObjectNode batch(
            String kind, String list, String scope, Map<String, JsonNode> resource, ObjectNode item) {
        ObjectNode batch = NODES.objectNode();
        ObjectNode ofResource = batch.putArray("resource" + kind).addObject();
        ofResource.putObject("resource").set("attributes", keyValues(resource));
        ObjectNode ofScope = ofResource.putArray("scope" + kind).addObject();
        ofScope.putObject("scope").put("name", scope);
        ofScope.putArray(list).add(item);
        return batch;
    }

    private static ArrayNode keyValues(Map<String, JsonNode> attributes) {
        ArrayNode list = NODES.arrayNode();
        attributes.forEach((key, value) -> list.addObject().put("key", key).set("value", value(value)));
        return list;
    }

    private static ObjectNode value(JsonNode plain) {
        ObjectNode value = NODES.objectNode();
        if (plain.isArray()) {
            ArrayNode values = value.putObject("arrayValue").putArray("values");
            plain.forEach(element -> values.add(value(element)));
        } else if (plain.isObject()) {
            ArrayNode values = value.putObject("kvlistValue").putArray("values");
            plain.properties()
                    .forEach(field ->
                            values.addObject().put("key", field.getKey()).set("value", value(field.getValue())));
        } else if (plain.isTextual()) {
            value.put("stringValue", plain.textValue());
        } else if (plain.isBoolean()) {
            value.put("boolValue", plain.booleanValue());
        } else if (plain.isIntegralNumber()) {
            value.put("intValue", plain.asText());
        } else if (plain.isNumber()) {
            value.put("doubleValue", plain.doubleValue());
        }
        return value;
    }

    private static OriginalBytes bytes(ObjectNode batch) {
        byte[] json = batch.toString().getBytes(StandardCharsets.UTF_8);
        return OriginalBytes.of(json, 0, json.length);
    }
}
