package io.stillwatch.topology.reset;

import io.stillwatch.topology.topics.TopicEnds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what topics keep, from their beginning to where they end now; committed records only. */
final class KeptRecords {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int AHEAD = 4_000;

    private final Map<String, Object> properties;

    /** @param clientProperties for consumers */
    KeptRecords(Map<String, Object> clientProperties) {
        properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    }

    /** Hands on a topic's records, partition by partition as they come. */
    void read(String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = assign(consumer, topic);
            TopicEnds ends = TopicEnds.of(consumer, partitions);
            while (!ends.reachedBy(consumer)) {
                consumer.poll(POLL).forEach(taker);
            }
        }
    }

    /**
     * Hands on a topic's records so that its partitions go on together in time, as they did when they were written. Within a
     * partition the order stays; a record with an early stamp waits for those before it.
     */
    void readByTime(String topic, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = assign(consumer, topic);
            TopicEnds ends = TopicEnds.of(consumer, partitions);
            Map<TopicPartition, Lane> lanes = new LinkedHashMap<>();
            partitions.forEach(partition -> lanes.put(partition, new Lane(partition)));
            while (true) {
                if (lanes.values().stream()
                        .anyMatch(lane -> lane.waiting.isEmpty() && !ends.reachedBy(consumer, lane.partition))) {
                    poll(consumer, lanes);
                    continue;
                }
                Optional<Lane> next = lanes.values().stream()
                        .filter(lane -> !lane.waiting.isEmpty())
                        .min(Comparator.comparingLong(Lane::nextMs));
                if (next.isEmpty()) {
                    return;
                }
                taker.accept(next.get().take());
            }
        }
    }

    private static void poll(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Lane> lanes) {
        consumer.resume(lanes.keySet());
        consumer.pause(lanes.values().stream()
                .filter(lane -> lane.waiting.size() >= AHEAD)
                .map(lane -> lane.partition)
                .toList());
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(POLL);
        lanes.forEach((partition, lane) -> lane.waiting.addAll(polled.records(partition)));
    }

    /** A partition's records that were polled and not yet handed on, and the latest time in it so far. */
    private static final class Lane {
        private final TopicPartition partition;
        private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
        private long reachedMs = Long.MIN_VALUE;

        Lane(TopicPartition partition) {
            this.partition = partition;
        }

        long nextMs() {
            return Math.max(reachedMs, waiting.element().timestamp());
        }

        ConsumerRecord<byte[], byte[]> take() {
            reachedMs = nextMs();
            return waiting.remove();
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> assign(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        // A topic that came with a later release may be missing where state is made anew for it.
        List<TopicPartition> partitions =
                Optional.ofNullable(consumer.partitionsFor(topic)).orElseGet(List::of).stream()
                        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }
}
