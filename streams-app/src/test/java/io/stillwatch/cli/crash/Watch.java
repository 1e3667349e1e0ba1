package io.stillwatch.cli.crash;

import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Sees how far the pipeline has come as it writes, before it commits: how many different events have a fingerprint,
 * counting those that a crash took back.
 */
final class Watch implements AutoCloseable {
    private final KafkaConsumer<String, RequestFingerprint> consumer;
    private final Set<String> eventIds = new HashSet<>();

    Watch(String bootstrapServers, Topics topics) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_uncommitted",
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                        20),
                new StringDeserializer(),
                new SerdeFactory(WireFormat.singleObject())
                        .serde(RequestFingerprint.class)
                        .deserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topics.fingerprints()).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Waits until an instance works, and so many events have a fingerprint. */
    void awaitEvents(int events, Instance worker) throws Exception {
        boolean[] works = new boolean[1];
        drain();
        Await.until(events + " events have a fingerprint", () -> {
            worker.requireAlive();
            works[0] |= drain();
            return works[0] && eventIds.size() >= events;
        });
    }

    /** How many different events have had a fingerprint. */
    int events() {
        return eventIds.size();
    }

    private boolean drain() {
        boolean any = false;
        for (ConsumerRecord<String, RequestFingerprint> record : consumer.poll(Duration.ofMillis(20))) {
            eventIds.add(record.value().getEventId());
            any = true;
        }
        return any;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
