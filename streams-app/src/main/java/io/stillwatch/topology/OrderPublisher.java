package io.stillwatch.topology;

import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.SerdeFactory;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes orders about decisions to the triage topic; returns when the cluster has what was written. */
public final class OrderPublisher implements AutoCloseable {
    private static final String ALL = "decisions";

    private final Topics topics;
    private final KafkaProducer<String, TriageRecord> producer;

    /** @param producerProperties with the cluster's address */
    public OrderPublisher(Topics topics, SerdeFactory serdes, Map<String, Object> producerProperties) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                producerProperties,
                new StringSerializer(),
                serdes.serde(TriageRecord.class).serializer());
    }

    /**
     * Gives an order.
     *
     * @throws KafkaException when the cluster does not take it
     */
    public void publish(TriageRecord order) {
        try {
            producer.send(new ProducerRecord<>(
                            topics.triage(),
                            null,
                            order.getTime(),
                            order.getEntityId() == null ? ALL : order.getEntityId(),
                            order,
                            CloudEventHeaders.of(
                                    order.getId(), "io.stillwatch.triage.v1", "application/avro", order.getTime())))
                    .get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
