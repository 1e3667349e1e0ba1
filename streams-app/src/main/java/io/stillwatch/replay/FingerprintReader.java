package io.stillwatch.replay;

import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;

/** Reads one account's fingerprints off their topic, in the order they lie there. */
public final class FingerprintReader {
    private FingerprintReader() {}

    /**
     * Reads what is kept; nothing where there is no topic. A repeated event id counts once.
     *
     * @param sinceMs event time of the earliest wanted, milliseconds since 1970
     * @param untilMs event time of the latest wanted, inclusive
     */
    public static void read(
            String account,
            long sinceMs,
            long untilMs,
            Topics topics,
            SerdeFactory serdes,
            Map<String, Object> clientProperties,
            Consumer<RequestFingerprint> onFingerprint) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        Deserializer<RequestFingerprint> deserializer =
                serdes.serde(RequestFingerprint.class).deserializer();
        Set<String> seen = new HashSet<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            int partitions = consumer.partitionsFor(topics.fingerprints()).size();
            if (partitions == 0) {
                return;
            }
            TopicPartition partition = new TopicPartition(
                    topics.fingerprints(), Utils.toPositive(Utils.murmur2(Utils.utf8(account))) % partitions);
            consumer.assign(List.of(partition));
            OffsetAndTimestamp first =
                    consumer.offsetsForTimes(Map.of(partition, sinceMs)).get(partition);
            if (first == null) {
                return;
            }
            consumer.seek(partition, first.offset());
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (account.equals(record.key()) && record.value() != null) {
                        take(deserializer, record, sinceMs, untilMs, seen, onFingerprint);
                    }
                }
            }
        }
    }

    private static void take(
            Deserializer<RequestFingerprint> deserializer,
            ConsumerRecord<String, byte[]> record,
            long sinceMs,
            long untilMs,
            Set<String> seen,
            Consumer<RequestFingerprint> onFingerprint) {
        RequestFingerprint fingerprint;
        try {
            fingerprint = deserializer.deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            // It lies in the dead letters already; the pipeline went on without it, too.
            return;
        }
        long timeMs = fingerprint.getEventTime();
        if (timeMs >= sinceMs && timeMs <= untilMs && seen.add(fingerprint.getEventId())) {
            onFingerprint.accept(fingerprint);
        }
    }
}
