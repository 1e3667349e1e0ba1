package io.stillwatch.topology.control;

import io.stillwatch.baseline.Baseline;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.topology.record.Acknowledged;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.EventTypes;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to the baseline topic; returns when the cluster has what was written. */
public final class BaselinePublisher implements AutoCloseable {
    /** Key of the one record that counts. */
    public static final String KEY = "baseline";

    private final Topics topics;
    private final KafkaProducer<String, byte[]> producer;

    /** @param producerProperties with the cluster's address */
    public BaselinePublisher(Topics topics, Map<String, Object> producerProperties) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(producerProperties, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Publishes a baseline; it counts from now on instead of any other.
     *
     * @param timeMs now, milliseconds since 1970
     * @throws KafkaException when the cluster does not take it
     */
    public void publish(Baseline baseline, long timeMs) {
        Acknowledged.send(
                producer,
                new ProducerRecord<>(
                        topics.baseline(),
                        null,
                        timeMs,
                        KEY,
                        BaselineFile.text(baseline).getBytes(StandardCharsets.UTF_8),
                        CloudEventHeaders.of(
                                baseline.name() + "/" + timeMs, EventTypes.BASELINE, "application/json", timeMs)));
    }

    /**
     * Takes back what was published; the baseline given at the pipeline's start counts again.
     *
     * @throws KafkaException when the cluster does not take it
     */
    public void retract() {
        Acknowledged.send(
                producer,
                new ProducerRecord<>(
                        topics.baseline(),
                        null,
                        KEY,
                        null,
                        CloudEventHeaders.tombstone("retracted/" + UUID.randomUUID(), EventTypes.BASELINE)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
