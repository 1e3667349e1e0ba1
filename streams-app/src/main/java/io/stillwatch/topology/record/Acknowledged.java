package io.stillwatch.topology.record;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Sending with an answer. */
public final class Acknowledged {
    private Acknowledged() {}

    /**
     * Sends a record, and returns when the cluster has it.
     *
     * @throws KafkaException when the cluster does not take it
     */
    public static <K, V> void send(Producer<K, V> producer, ProducerRecord<K, V> record) {
        try {
            producer.send(record).get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        }
    }
}
