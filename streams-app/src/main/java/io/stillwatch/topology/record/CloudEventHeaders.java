package io.stillwatch.topology.record;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0 attributes as Kafka headers (Kafka protocol binding, binary mode). */
public final class CloudEventHeaders {
    /** Where the event comes from; the loss ledger counts by it. */
    public static final String SOURCE = "ce_source";

    /** What the event is known by, within its source. */
    public static final String ID = "ce_id";

    public static final String SPEC_VERSION = "ce_specversion";
    public static final String TYPE = "ce_type";
    public static final String TIME = "ce_time";
    public static final String CONTENT_TYPE = "content-type";

    private static final String OWN_SOURCE = "/stillwatch";
    private static final byte[] VERSION_1 = bytes("1.0");

    private CloudEventHeaders() {}

    /**
     * Headers of an event that the pipeline or a command makes.
     *
     * @param id unique within the source
     * @param type reverse-DNS event type
     * @param contentType media type of the value
     * @param timeMs event time, milliseconds since 1970
     */
    public static Headers of(String id, String type, String contentType, long timeMs) {
        return from(OWN_SOURCE, id, type, contentType).add(TIME, TimeText.of(timeMs));
    }

    /** The same of an event from another source, or without a time that could be told. */
    public static Headers from(String source, String id, String type, String contentType) {
        return from(bytes(source), id, bytes(type), bytes(contentType));
    }

    /** The same with what is always alike encoded once. */
    static Headers from(byte[] source, String id, byte[] type, byte[] contentType) {
        return new RecordHeaders()
                .add(SPEC_VERSION, VERSION_1)
                .add(ID, bytes(id))
                .add(SOURCE, source)
                .add(TYPE, type)
                .add(CONTENT_TYPE, contentType);
    }

    /** Headers of a record without a value, which takes back what was said under its key. */
    public static Headers tombstone(String id, String type) {
        return from(OWN_SOURCE, id, type, "application/octet-stream");
    }

    /** Sets a header to one value, whatever it had. */
    static void set(Headers headers, String name, byte[] value) {
        headers.remove(name);
        headers.add(name, value);
    }

    /** The value of a header; null where there is none or nothing in it. */
    static byte @Nullable [] value(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null || header.value().length == 0 ? null : header.value();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
