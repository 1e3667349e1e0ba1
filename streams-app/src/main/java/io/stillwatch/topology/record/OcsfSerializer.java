package io.stillwatch.topology.record;

import io.stillwatch.alert.ocsf.OcsfDetectionFinding;
import io.stillwatch.schema.Alert;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/** Writes an alert as OCSF, and says so in the headers. */
public final class OcsfSerializer implements Serializer<Alert> {
    private static final byte[] TYPE = CloudEventHeaders.bytes(EventTypes.ALERT_OCSF);
    private static final byte[] JSON = CloudEventHeaders.bytes("application/json");

    private final OcsfDetectionFinding format;

    public OcsfSerializer(String productVersion) {
        format = new OcsfDetectionFinding(productVersion);
    }

    @Override
    public byte[] serialize(String topic, Alert alert) {
        return format.line(alert).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] serialize(String topic, Headers headers, Alert alert) {
        CloudEventHeaders.set(headers, CloudEventHeaders.TYPE, TYPE);
        CloudEventHeaders.set(headers, CloudEventHeaders.CONTENT_TYPE, JSON);
        return serialize(topic, alert);
    }
}
