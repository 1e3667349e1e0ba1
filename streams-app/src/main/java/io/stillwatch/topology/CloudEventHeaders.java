package io.stillwatch.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** CloudEvents 1.0 attributes as Kafka headers (Kafka protocol binding, binary mode). */
final class CloudEventHeaders {
    private static final byte[] SPECIFICATION = bytes("1.0");
    private static final byte[] SOURCE = bytes("/stillwatch");

    private CloudEventHeaders() {}

    /**
     * @param id unique within the source
     * @param type reverse-DNS event type
     * @param contentType media type of the value
     * @param timeMs event time, milliseconds since 1970
     */
    static Headers of(String id, String type, String contentType, long timeMs) {
        return new RecordHeaders()
                .add("ce_specversion", SPECIFICATION)
                .add("ce_id", bytes(id))
                .add("ce_source", SOURCE)
                .add("ce_type", bytes(type))
                .add("ce_time", TimeText.of(timeMs))
                .add("content-type", bytes(contentType));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
