package io.stillwatch.cli.check;

import io.stillwatch.replay.LossReader;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.SourceLosses;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.text.Figures;
import io.stillwatch.topology.record.RequestEventDeserializer;
import io.stillwatch.topology.topics.TopicEnds;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Whether what comes in can be used as it comes: what was lost, and whether producers place it where it belongs. */
final class TrafficChecks {
    /** Newest records of each partition that are looked at. */
    private static final int LOOKED_AT = 200;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final double FEW = 0.01;

    private final Topics topics;
    private final SerdeFactory serdes;
    private final Map<String, Object> clientProperties;

    TrafficChecks(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        this.topics = topics;
        this.serdes = serdes;
        this.clientProperties = clientProperties;
    }

    /** None where there is no such topic: that is told by the check of the topics. */
    List<Checkup> all(Admin admin) throws ExecutionException, InterruptedException {
        Collection<String> there = admin.listTopics().names().get();
        List<Checkup> checkups = new ArrayList<>();
        if (there.contains(topics.losses())) {
            checkups.add(
                    losses(LossReader.read(topics, serdes, clientProperties).values()));
        }
        if (there.contains(topics.requests())) {
            checkups.add(placed());
        }
        return checkups;
    }

    static Checkup losses(Collection<SourceLosses> bySource) {
        long records = 0;
        long late = 0;
        long unreadable = 0;
        for (SourceLosses source : bySource) {
            records += source.getRecords();
            late += source.getLate();
            unreadable += source.getUnreadable();
        }
        String found = "of " + Figures.counted(records, "record") + " " + Figures.count(unreadable)
                + " could not be read and " + Figures.count(late) + " came too late";
        boolean few = unreadable + late <= FEW * records;
        if (unreadable + late == 0) {
            return Checkup.ok(
                    "losses",
                    records == 0 ? "nothing has come yet" : Figures.counted(records, "record") + ", none lost");
        }
        String more = "; 'stillwatch losses' tells of which source, the dead-letters topic has each with its cause.";
        return few ? Checkup.ok("losses", found + more) : Checkup.warn("losses", found + more);
    }

    private Checkup placed() {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        long looked = 0;
        long misplaced = 0;
        RequestEventDeserializer events =
                new RequestEventDeserializer(serdes.serde(RequestEvent.class).deserializer());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.requests()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            TopicEnds ends = TopicEnds.of(consumer, partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            partitions.forEach(partition -> consumer.seek(
                    partition, Math.max(begins.getOrDefault(partition, 0L), ends.offset(partition) - LOOKED_AT)));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline && !ends.reachedBy(consumer)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    try {
                        byte[] account = events.deserialize(topics.requests(), record.value())
                                .getAccountId()
                                .getBytes(StandardCharsets.UTF_8);
                        looked++;
                        boolean right = Arrays.equals(record.key(), account)
                                && Topics.partitionOf(account, partitions.size()) == record.partition();
                        misplaced += right ? 0 : 1;
                    } catch (SerializationException e) {
                        // No request: the check of losses tells of it.
                    }
                }
            }
        }
        return placed(looked, misplaced);
    }

    static Checkup placed(long looked, long misplaced) {
        if (misplaced == 0) {
            return Checkup.ok(
                    "placing",
                    looked == 0
                            ? "no request is there to look at"
                            : "the newest " + Figures.counted(looked, "record") + " came on their account's partition");
        }
        return Checkup.warn(
                "placing",
                Figures.count(misplaced) + " of the newest " + Figures.counted(looked, "record")
                        + " came on another partition than their account's and were sent on; give their producer the"
                        + " account as key and the partitioner murmur2 (kcat: -X topic.partitioner=murmur2_random).");
    }
}
