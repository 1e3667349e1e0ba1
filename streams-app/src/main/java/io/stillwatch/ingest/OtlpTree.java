package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Spans and log records out of their OTLP/JSON. */
final class OtlpTree {
    private OtlpTree() {}

    static SpanPiece span(JsonNode span, Position at, String scope, Map<String, JsonNode> resource, int length) {
        SpanTimes times = SpanTimes.of(
                Tree.first(span, "startTimeUnixNano", "start_time_unix_nano"),
                Tree.first(span, "endTimeUnixNano", "end_time_unix_nano"));
        List<SpanPiece.Event> events = new ArrayList<>();
        for (JsonNode event : span.path("events")) {
            events.add(
                    new SpanPiece.Event(event.path("name").asText(), OtlpValues.attributes(event.path("attributes"))));
        }
        JsonNode status = span.path("status");
        return new SpanPiece(
                at,
                OtlpIds.of(Tree.firstText(span, "traceId", "trace_id"), 16),
                OtlpIds.of(Tree.firstText(span, "spanId", "span_id"), 8),
                OtlpIds.of(Tree.firstText(span, "parentSpanId", "parent_span_id"), 8),
                scope,
                span.path("name").asText(),
                span.path("kind").isNumber()
                        ? span.path("kind").asInt()
                        : kind(span.path("kind").asText()),
                times.start(),
                times.end(),
                times.problem(),
                statusCode(status.path("code")),
                status.path("message").asText(),
                OtlpValues.attributes(span.path("attributes")),
                events,
                resource,
                2 * length + 512);
    }

    private static int kind(String name) {
        return switch (name) {
            case "SPAN_KIND_SERVER", "SERVER", "2" -> 2;
            case "SPAN_KIND_CLIENT", "CLIENT", "3" -> 3;
            default -> 0;
        };
    }

    private static int statusCode(JsonNode code) {
        return switch (code.asText()) {
            case "2", "STATUS_CODE_ERROR", "ERROR", "Error" -> 2;
            case "1", "STATUS_CODE_OK", "OK", "Ok" -> 1;
            default -> 0;
        };
    }

    static LogPiece log(JsonNode log, Position at, String scope, Map<String, JsonNode> resource, int length) {
        Map<String, JsonNode> attributes = OtlpValues.attributes(log.path("attributes"));
        JsonNode body = OtlpValues.plain(log.path("body"));
        return new LogPiece(
                at,
                OtlpIds.of(Tree.firstText(log, "traceId", "trace_id"), 16),
                OtlpIds.of(Tree.firstText(log, "spanId", "span_id"), 8),
                scope,
                nanoseconds(log, "timeUnixNano", "time_unix_nano", "observedTimeUnixNano", "observed_time_unix_nano"),
                nanoseconds(log, "observedTimeUnixNano", "observed_time_unix_nano"),
                OtlpValues.eventName(Tree.firstText(log, "eventName", "event_name"), attributes, body),
                body,
                attributes,
                resource,
                2 * length + 512);
    }

    private static long nanoseconds(JsonNode log, String... names) {
        for (String name : names) {
            long time = Numbers.parse(log.path(name).asText())
                    .filter(number -> number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0)
                    .map(BigDecimal::longValue)
                    .orElse(0L);
            if (time > 0) {
                return time;
            }
        }
        return 0;
    }
}
