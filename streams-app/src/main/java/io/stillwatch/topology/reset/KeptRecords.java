package io.stillwatch.topology.reset;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
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
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> waiting = new HashMap<>();
            Map<TopicPartition, Long> reached = new HashMap<>();
            partitions.forEach(partition -> {
                waiting.put(partition, new ArrayDeque<>());
                reached.put(partition, Long.MIN_VALUE);
            });
            while (true) {
                TopicPartition next = null;
                long nextMs = Long.MAX_VALUE;
                boolean lacking = false;
                for (TopicPartition partition : partitions) {
                    ConsumerRecord<byte[], byte[]> head = waiting.get(partition).peek();
                    if (head == null) {
                        lacking |= consumer.position(partition) < ends.get(partition);
                    } else {
                        long atMs = Math.max(reached.get(partition), head.timestamp());
                        if (next == null || atMs < nextMs) {
                            next = partition;
                            nextMs = atMs;
                        }
                    }
                }
                if (lacking) {
                    poll(consumer, partitions, waiting);
                } else if (next == null) {
                    return;
                } else {
                    reached.put(next, nextMs);
                    taker.accept(waiting.get(next).remove());
                }
            }
        }
    }

    private static void poll(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Map<TopicPartition, Deque<ConsumerRecord<byte[], byte[]>>> waiting) {
        List<TopicPartition> full = partitions.stream()
                .filter(partition -> waiting.get(partition).size() >= AHEAD)
                .toList();
        consumer.resume(partitions);
        consumer.pause(full);
        consumer.poll(POLL)
                .forEach(record -> waiting.get(new TopicPartition(record.topic(), record.partition()))
                        .add(record));
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static List<TopicPartition> assign(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }
}
