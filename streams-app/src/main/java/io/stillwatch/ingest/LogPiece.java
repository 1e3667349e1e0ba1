package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A log record of OpenTelemetry as plain values: opentelemetry-proto, {@code logs/v1/logs.proto}.
 *
 * @param traceId hexadecimal digits; empty where it has none
 * @param spanId hexadecimal digits; empty where it has none
 * @param timeNs when it was written; nanoseconds since 1970, 0 where that is missing
 * @param observedNs when it was collected; nanoseconds since 1970, 0 where that is missing
 * @param eventName what it tells of, empty where it does not say
 */
record LogPiece(
        Position at,
        String traceId,
        String spanId,
        String scope,
        long timeNs,
        long observedNs,
        String eventName,
        JsonNode body,
        Map<String, JsonNode> attributes,
        Map<String, JsonNode> resource,
        int weight)
        implements Piece {

    @Override
    public String group() {
        return traceId.isEmpty() ? "log " + at : traceId;
    }

    @Override
    public long timeMs() {
        return timeNs / 1_000_000;
    }

    @Override
    public OriginalBytes original() {
        return OtlpRendering.of(this);
    }
}
