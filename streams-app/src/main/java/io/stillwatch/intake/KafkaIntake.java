package io.stillwatch.intake;

import io.stillwatch.ingest.Ingested;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.intake.IntakeRecords;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes what came in to Kafka and tells when all replicas that have to have it have it. For any number of threads.
 *
 * <p>A body is kept record by record: where one of them fails the sender sends all again, and what was kept already is known
 * by its id, content and time as a repetition.
 */
public final class KafkaIntake implements IntakeSink, AutoCloseable {
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_BLOCK_MS = 2_000;
    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int DELIVERY_TIMEOUT_MS = 20_000;

    private final Topics topics;
    private final SerdeFactory serdes;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Connects with Kafka client properties. */
    public KafkaIntake(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        this.topics = topics;
        this.serdes = serdes;
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * Topics.MAX_RECORD_BYTES);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topics.MAX_RECORD_BYTES);
        // A sender waits for its answer, and may try again; it must not be kept for minutes.
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MOST_BLOCK_MS);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
        producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // the callback sees every failure
    public CompletionStage<Void> keep(List<Ingested> told) {
        IntakeRecords records = new IntakeRecords(topics, serdes);
        List<IntakeRecords.Outgoing> outgoing = new ArrayList<>();
        told.forEach(one -> records.of(one).ifPresent(outgoing::add));
        CompletableFuture<Void> kept = new CompletableFuture<>();
        AtomicInteger missing = new AtomicInteger(outgoing.size());
        if (outgoing.isEmpty()) {
            kept.complete(null);
        }
        try {
            for (IntakeRecords.Outgoing one : outgoing) {
                producer.send(record(one), (metadata, failure) -> {
                    if (failure != null) {
                        kept.completeExceptionally(failure);
                    } else if (missing.decrementAndGet() == 0) {
                        kept.complete(null);
                    }
                });
            }
        } catch (KafkaException | IllegalStateException notTaken) {
            kept.completeExceptionally(notTaken);
        }
        return kept;
    }

    private static ProducerRecord<byte[], byte[]> record(IntakeRecords.Outgoing one) {
        return new ProducerRecord<>(
                one.topic(), null, one.timestampMs().orElse(null), one.key(), one.value(), one.headers());
    }

    @Override
    public void close() {
        producer.close(CLOSE_WITHIN);
    }
}
