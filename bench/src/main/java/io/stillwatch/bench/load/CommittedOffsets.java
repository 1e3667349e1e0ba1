package io.stillwatch.bench.load;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Counts records by offsets: those in a topic, and those of it that an application has committed. */
public final class CommittedOffsets {
    private final Admin admin;
    private final String topic;
    private final int partitions;

    /** Asks through an admin client that stays the caller's. */
    public CommittedOffsets(Admin admin, String topic, int partitions) {
        this.admin = admin;
        this.topic = topic;
        this.partitions = partitions;
    }

    /** Records of the topic that the application has processed and committed. */
    public long of(String applicationId) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get();
            long records = 0;
            for (Map.Entry<TopicPartition, OffsetAndMetadata> at : committed.entrySet()) {
                if (at.getKey().topic().equals(topic) && at.getValue() != null) {
                    records += at.getValue().offset();
                }
            }
            return records;
        } catch (ExecutionException failed) {
            throw new KafkaException("The committed offsets cannot be read.", failed.getCause());
        }
    }

    /** End offsets of the topic, added up; its records where nothing was ever deleted or written in a transaction. */
    public long end() throws InterruptedException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        try {
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (ExecutionException failed) {
            throw new KafkaException("The end of " + topic + " cannot be read.", failed.getCause());
        }
    }
}
