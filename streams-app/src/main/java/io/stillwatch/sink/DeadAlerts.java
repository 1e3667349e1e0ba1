package io.stillwatch.sink;

import io.stillwatch.topology.record.Acknowledged;
import io.stillwatch.topology.record.DeadLetterHandler;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Writes alerts that a sink has given up to the dead letters: their bytes, and the cause in the headers. */
final class DeadAlerts {
    /** Header with the sink that gave it up. */
    static final String SINK = "stillwatch.sink";

    private final String topic;
    private final Producer<byte[], byte[]> producer;

    DeadAlerts(String topic, Producer<byte[], byte[]> producer) {
        this.topic = topic;
        this.producer = producer;
    }

    /**
     * Returns when the cluster has it.
     *
     * @throws KafkaException when the cluster does not take it
     */
    void send(ConsumerRecord<byte[], byte[]> record, Target target, Exception cause) {
        Headers headers = new RecordHeaders();
        record.headers().forEach(headers::add);
        DeadLetterHandler.describe(
                headers,
                record.topic(),
                record.topic() + "/" + record.partition() + "/" + record.offset() + "/" + target.id());
        add(headers, DeadLetterHandler.EXCEPTION, cause.getClass().getName());
        add(headers, DeadLetterHandler.MESSAGE, String.valueOf(cause.getMessage()));
        add(headers, DeadLetterHandler.TOPIC, record.topic());
        add(headers, DeadLetterHandler.PARTITION, Integer.toString(record.partition()));
        add(headers, DeadLetterHandler.OFFSET, Long.toString(record.offset()));
        add(headers, SINK, target.description());
        Long timestamp = record.timestamp() >= 0 ? record.timestamp() : null;
        Acknowledged.send(
                producer, new ProducerRecord<>(topic, null, timestamp, record.key(), record.value(), headers));
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
