package io.stillwatch.replay;

import io.stillwatch.schema.SourceLosses;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the loss ledger off its topic. */
public final class LossReader {
    private LossReader() {}

    /** What became of a source's records, over all partitions; by source. */
    public static Map<String, SourceLosses> read(
            Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        Map<String, SourceLosses> byKey = new HashMap<>();
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        try (KafkaConsumer<String, SourceLosses> consumer = new KafkaConsumer<>(
                properties,
                new StringDeserializer(),
                serdes.serde(SourceLosses.class).deserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.losses()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<String, SourceLosses> record : consumer.poll(Duration.ofMillis(100))) {
                    byKey.put(record.key(), record.value());
                }
            }
        }
        Map<String, SourceLosses> bySource = new TreeMap<>();
        byKey.values().forEach(line -> bySource.merge(line.getSource(), line, LossReader::sum));
        return bySource;
    }

    private static SourceLosses sum(SourceLosses left, SourceLosses right) {
        return SourceLosses.newBuilder()
                .setSource(left.getSource())
                .setPartition(Math.min(left.getPartition(), right.getPartition()))
                .setTime(Math.max(left.getTime(), right.getTime()))
                .setRecords(left.getRecords() + right.getRecords())
                .setCounted(left.getCounted() + right.getCounted())
                .setLate(left.getLate() + right.getLate())
                .setDuplicate(left.getDuplicate() + right.getDuplicate())
                .setUnreadable(left.getUnreadable() + right.getUnreadable())
                .setAhead(left.getAhead() + right.getAhead())
                .setEvicted(left.getEvicted() + right.getEvicted())
                .build();
    }
}
