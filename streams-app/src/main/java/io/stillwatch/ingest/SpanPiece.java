package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A span of OpenTelemetry, of whatever operation, as plain values: opentelemetry-proto, {@code trace/v1/trace.proto}.
 *
 * @param traceId hexadecimal digits; empty where it has none
 * @param spanId hexadecimal digits; empty where it has none
 * @param parentId hexadecimal digits; empty for a root
 * @param scope name of the library that wrote the span
 * @param kind {@code SpanKind}: 2 server, 3 client, 0 unknown
 * @param start when it began; empty where that is missing
 * @param end when it ended; empty where that is missing
 * @param problem what is wrong with its times, empty if nothing is
 * @param statusCode 0 unset, 1 ok, 2 error
 * @param statusMessage what the library says about an error; never kept
 */
record SpanPiece(
        Position at,
        String traceId,
        String spanId,
        String parentId,
        String scope,
        String name,
        int kind,
        Optional<Long> start,
        Optional<Long> end,
        Optional<SpanTimes.Problem> problem,
        int statusCode,
        String statusMessage,
        Map<String, JsonNode> attributes,
        List<Event> events,
        Map<String, JsonNode> resource,
        int weight)
        implements Piece {

    /** Something that happened during the span. */
    record Event(String name, Map<String, JsonNode> attributes) {}

    @Override
    public String group() {
        return traceId.isEmpty() ? "span " + spanId : traceId;
    }

    @Override
    public long timeMs() {
        return end.or(() -> start).orElse(0L);
    }

    /** The id of the event it becomes; empty where the span has none. */
    Optional<String> eventId() {
        return traceId.isEmpty() || spanId.isEmpty() ? Optional.empty() : Optional.of(traceId + "-" + spanId);
    }

    @Override
    public OriginalBytes original() {
        return OtlpRendering.of(this);
    }
}
