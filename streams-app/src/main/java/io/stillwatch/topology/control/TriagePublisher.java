package io.stillwatch.topology.control;

import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.record.Acknowledged;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.EventTypes;
import io.stillwatch.topology.topics.Topics;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes what analysts do: to the triage topic, and entries to the allowlist; returns when the cluster has what was
 * written.
 */
public final class TriagePublisher implements AutoCloseable {
    /** Key of orders about many entities. */
    private static final String NO_ENTITY = "decisions";

    private final Topics topics;
    private final KafkaProducer<String, SpecificRecord> producer;

    /** @param producerProperties with the cluster's address */
    public TriagePublisher(Topics topics, SerdeFactory serdes, Map<String, Object> producerProperties) {
        this.topics = topics;
        Serializer<TriageRecord> orders = serdes.serde(TriageRecord.class).serializer();
        Serializer<AllowlistEntry> entries = serdes.serde(AllowlistEntry.class).serializer();
        this.producer = new KafkaProducer<>(
                producerProperties,
                new StringSerializer(),
                (topic, value) -> value instanceof TriageRecord order
                        ? orders.serialize(topic, order)
                        : entries.serialize(topic, (AllowlistEntry) value));
    }

    /**
     * Writes a line of the audit trail, which is the order at the same time.
     *
     * @throws KafkaException when the cluster does not take it
     */
    public void record(TriageRecord order) {
        Acknowledged.send(
                producer,
                new ProducerRecord<>(
                        topics.triage(),
                        null,
                        order.getTime(),
                        keyOf(order),
                        order,
                        CloudEventHeaders.of(order.getId(), EventTypes.TRIAGE, "application/avro", order.getTime())));
    }

    /**
     * Adds an entry to the allowlist, or replaces the one of its id.
     *
     * @throws KafkaException when the cluster does not take it
     */
    public void allow(AllowlistEntry entry) {
        Acknowledged.send(
                producer,
                new ProducerRecord<>(
                        topics.allowlist(),
                        null,
                        entry.getAddedAt(),
                        entry.getId(),
                        entry,
                        CloudEventHeaders.of(
                                entry.getId() + "/" + entry.getAddedAt(),
                                EventTypes.ALLOWLIST,
                                "application/avro",
                                entry.getAddedAt())));
    }

    /**
     * Takes an entry from the allowlist.
     *
     * @throws KafkaException when the cluster does not take it
     */
    public void unlist(String entryId) {
        Acknowledged.send(
                producer,
                new ProducerRecord<>(
                        topics.allowlist(),
                        null,
                        null,
                        entryId,
                        null,
                        CloudEventHeaders.tombstone(entryId + "/" + UUID.randomUUID(), EventTypes.ALLOWLIST)));
    }

    private static String keyOf(TriageRecord order) {
        if (order.getEntityId() != null) {
            return order.getEntityId();
        }
        return order.getAllowlistId() != null ? order.getAllowlistId() : NO_ENTITY;
    }

    @Override
    public void close() {
        producer.close();
    }
}
