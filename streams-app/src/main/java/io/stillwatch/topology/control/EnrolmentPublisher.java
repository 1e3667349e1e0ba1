package io.stillwatch.topology.control;

import io.stillwatch.baseline.Enrolment;
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

/** Writes to the topic of enrolments; returns when the cluster has what was written. */
public final class EnrolmentPublisher implements AutoCloseable {
    private final Topics topics;
    private final KafkaProducer<String, byte[]> producer;

    /** @param producerProperties with the cluster's address */
    public EnrolmentPublisher(Topics topics, Map<String, Object> producerProperties) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(producerProperties, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Vouches for an account, in place of an enrolment that it has.
     *
     * @throws KafkaException when the cluster does not take it
     */
    public void publish(Enrolment enrolment) {
        Acknowledged.send(
                producer,
                new ProducerRecord<>(
                        topics.enrolments(),
                        null,
                        enrolment.addedMs(),
                        enrolment.account(),
                        enrolment.text().getBytes(StandardCharsets.UTF_8),
                        CloudEventHeaders.of(
                                enrolment.account() + "/" + enrolment.addedMs(),
                                EventTypes.ENROLMENT,
                                "application/json",
                                enrolment.addedMs())));
    }

    /**
     * Takes an account's enrolment back.
     *
     * @throws KafkaException when the cluster does not take it
     */
    public void revoke(String account) {
        Acknowledged.send(
                producer,
                new ProducerRecord<>(
                        topics.enrolments(),
                        null,
                        account,
                        null,
                        CloudEventHeaders.tombstone(account + "/" + UUID.randomUUID(), EventTypes.ENROLMENT)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
