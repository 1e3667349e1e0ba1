package io.stillwatch.topology;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** CloudEvents 1.0 attributes as Kafka headers (Kafka protocol binding, binary mode). */
final class CloudEventHeaders {
    private CloudEventHeaders() {}

    /**
     * @param id unique within the source
     * @param type reverse-DNS event type
     * @param contentType media type of the value
     * @param timeMs event time, milliseconds since 1970
     */
    static Headers of(String id, String type, String contentType, long timeMs) {
        return new RecordHeaders()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_id", bytes(id))
                .add("ce_source", bytes("/stillwatch"))
                .add("ce_type", bytes(type))
                .add("ce_time", bytes(Instant.ofEpochMilli(timeMs).toString()))
                .add("content-type", bytes(contentType));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
