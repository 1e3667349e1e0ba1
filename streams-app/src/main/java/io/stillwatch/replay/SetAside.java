package io.stillwatch.replay;

import io.stillwatch.topology.record.DeadLetterHandler;
import io.stillwatch.topology.topics.TopicEnds;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts what the pipeline itself set aside from the moment this was made: late events and what failed in it. */
public final class SetAside implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();

    /** Connects with Kafka client properties and remembers where the dead letters end now. */
    public SetAside(Topics topics, Map<String, Object> clientProperties) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        for (PartitionInfo partition : consumer.partitionsFor(topics.deadLetters())) {
            partitions.add(new TopicPartition(partition.topic(), partition.partition()));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /**
     * What was set aside.
     *
     * @param records count
     * @param firstCause why the first one was; empty when none was
     */
    public record Tally(long records, Optional<String> firstCause) {}

    /** Reads what has been set aside up to now. */
    public Tally tally() {
        TopicEnds ends = TopicEnds.of(consumer, partitions);
        long records = 0;
        Optional<String> firstCause = Optional.empty();
        while (!ends.reachedBy(consumer)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                if (record.headers().lastHeader(DeadLetterHandler.OFFSET) != null) {
                    records++;
                    if (firstCause.isEmpty()) {
                        firstCause = Optional.ofNullable(record.headers().lastHeader(DeadLetterHandler.MESSAGE))
                                .map(Header::value)
                                .map(value -> new String(value, StandardCharsets.UTF_8));
                    }
                }
            }
        }
        return new Tally(records, firstCause);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
