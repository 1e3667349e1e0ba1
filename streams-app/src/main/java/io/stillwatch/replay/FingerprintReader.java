package io.stillwatch.replay;

import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.TopicEnds;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the fingerprints of some accounts, of the partitions that hold them and no others. It takes no text. */
public final class FingerprintReader {
    private final Topics topics;
    private final SerdeFactory serdes;
    private final Map<String, Object> clientProperties;

    /** @param clientProperties with the cluster's address */
    public FingerprintReader(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        this.topics = topics;
        this.serdes = serdes;
        this.clientProperties = Map.copyOf(clientProperties);
    }

    /**
     * Reads those from a moment on, up to the newest that is there now.
     *
     * @param fromMs event time, milliseconds since 1970
     * @param taker takes an account and one of its fingerprints
     */
    public void read(Set<String> accounts, long fromMs, BiConsumer<String, RequestFingerprint> taker) {
        if (accounts.isEmpty()) {
            return;
        }
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        Deserializer<RequestFingerprint> deserializer =
                serdes.serde(RequestFingerprint.class).deserializer();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            int partitions = consumer.partitionsFor(topics.fingerprints()).size();
            if (partitions == 0) {
                return;
            }
            List<TopicPartition> holding = accounts.stream()
                    .map(account -> Topics.partitionOf(account, partitions))
                    .distinct()
                    .map(partition -> new TopicPartition(topics.fingerprints(), partition))
                    .toList();
            consumer.assign(holding);
            TopicEnds ends = TopicEnds.of(consumer, holding);
            Map<TopicPartition, Long> wanted = new HashMap<>();
            holding.forEach(partition -> wanted.put(partition, fromMs));
            Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(wanted);
            for (TopicPartition partition : holding) {
                OffsetAndTimestamp begin = begins.get(partition);
                consumer.seek(partition, begin == null ? ends.offset(partition) : begin.offset());
            }
            while (!ends.reachedBy(consumer)) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    if (record.key() != null && record.value() != null && accounts.contains(record.key())) {
                        take(record, deserializer, fromMs, taker);
                    }
                }
            }
        }
    }

    private static void take(
            ConsumerRecord<String, byte[]> record,
            Deserializer<RequestFingerprint> deserializer,
            long fromMs,
            BiConsumer<String, RequestFingerprint> taker) {
        try {
            RequestFingerprint fingerprint = deserializer.deserialize(record.topic(), record.value());
            if (fingerprint.getEventTime() >= fromMs) {
                taker.accept(record.key(), fingerprint);
            }
        } catch (SerializationException e) {
            // It lies in the dead letters already; the pipeline went on without it, too.
        }
    }
}
