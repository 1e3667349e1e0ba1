package io.stillwatch.topology.control;

import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.record.Acknowledged;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.EventTypes;
import io.stillwatch.topology.topics.Topics;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes to the signatures topic; returns when the cluster has what was written. */
public final class SignaturePublisher implements AutoCloseable {
    private final Topics topics;
    private final KafkaProducer<String, SignatureDefinition> producer;

    /** @param producerProperties with the cluster's address */
    public SignaturePublisher(Topics topics, SerdeFactory serdes, Map<String, Object> producerProperties) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                producerProperties,
                new StringSerializer(),
                serdes.serde(SignatureDefinition.class).serializer());
    }

    /**
     * Publishes a definition; it counts from now on instead of any other of its id.
     *
     * @throws KafkaException when the cluster does not take it
     */
    public void publish(SignatureDefinition definition) {
        long timeMs = definition.getPublishedAt();
        Headers headers = CloudEventHeaders.of(
                definition.getId() + "/" + definition.getVersion() + "/" + timeMs,
                EventTypes.SIGNATURE,
                "application/avro",
                timeMs);
        Acknowledged.send(
                producer,
                new ProducerRecord<>(topics.signatures(), null, timeMs, definition.getId(), definition, headers));
    }

    /**
     * Takes back what was published under an id; the signature that ships under it, if any, counts again.
     *
     * @throws KafkaException when the cluster does not take it
     */
    public void retract(String id) {
        Acknowledged.send(
                producer,
                new ProducerRecord<>(
                        topics.signatures(),
                        null,
                        id,
                        null,
                        CloudEventHeaders.tombstone(
                                "retracted/" + id + "/" + UUID.randomUUID(), EventTypes.SIGNATURE)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
