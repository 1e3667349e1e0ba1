package io.stillwatch.cli.crash;

import io.stillwatch.replay.AlertFollower;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.ProfileSnapshot;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.topology.record.DeadLetterHandler;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a pipeline has committed, in an order that does not depend on when it did.
 *
 * @param alertSteps every step of every alert
 * @param findings the same as OCSF lines
 * @param profiles every snapshot
 * @param deadLetters what was set aside: place in the requests topic, cause, key and bytes
 * @param eventIds the event of every fingerprint
 */
record Outcome(
        List<Alert> alertSteps,
        List<String> findings,
        List<ProfileSnapshot> profiles,
        List<String> deadLetters,
        List<String> eventIds) {

    /** Reads all output topics from their beginnings; waits for what is still neither committed nor taken back. */
    static Outcome read(String bootstrapServers, Topics topics) {
        SerdeFactory serdes = new SerdeFactory(WireFormat.singleObject());
        Reader reader = new Reader(bootstrapServers);
        return new Outcome(
                reader.records(topics.alerts()).stream()
                        .map(value(serdes.serde(Alert.class).deserializer()))
                        .sorted(AlertFollower.ORDER)
                        .toList(),
                reader.records(topics.alertsOcsf()).stream()
                        .map(record -> utf8(record.value()))
                        .sorted()
                        .toList(),
                reader.records(topics.profiles()).stream()
                        .map(value(serdes.serde(ProfileSnapshot.class).deserializer()))
                        .sorted(Comparator.comparing(ProfileSnapshot::getEntityId)
                                .thenComparingLong(ProfileSnapshot::getTime))
                        .toList(),
                reader.records(topics.deadLetters()).stream()
                        .map(Outcome::deadLetter)
                        .sorted()
                        .toList(),
                reader.records(topics.fingerprints()).stream()
                        .map(value(serdes.serde(RequestFingerprint.class).deserializer()))
                        .map(RequestFingerprint::getEventId)
                        .sorted()
                        .toList());
    }

    /** What one of the two has and the other has not, a line each. */
    List<String> differencesFrom(Outcome other) {
        List<String> differences = new ArrayList<>();
        differ("alert step", alertSteps, other.alertSteps, differences);
        differ("finding", findings, other.findings, differences);
        differ("profile", profiles, other.profiles, differences);
        differ("dead letter", deadLetters, other.deadLetters, differences);
        differ("fingerprint", eventIds, other.eventIds, differences);
        return differences;
    }

    private static <T> void differ(String kind, List<T> here, List<T> there, List<String> differences) {
        List<T> more = new ArrayList<>(here);
        there.forEach(more::remove);
        List<T> less = new ArrayList<>(there);
        here.forEach(less::remove);
        more.forEach(one -> differences.add("unexpected " + kind + ": " + one));
        less.forEach(one -> differences.add("missing " + kind + ": " + one));
    }

    private static <T> Function<ConsumerRecord<byte[], byte[]>, T> value(Deserializer<T> deserializer) {
        return record -> deserializer.deserialize(record.topic(), record.value());
    }

    private static String deadLetter(ConsumerRecord<byte[], byte[]> record) {
        return Stream.of(
                                DeadLetterHandler.PARTITION,
                                DeadLetterHandler.OFFSET,
                                DeadLetterHandler.EXCEPTION,
                                DeadLetterHandler.MESSAGE)
                        .map(name -> utf8(record.headers().lastHeader(name).value()))
                        .collect(Collectors.joining(" | ", "", " | "))
                + utf8(record.key())
                + " | "
                + HexFormat.of().formatHex(record.value());
    }

    private static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Reads whole topics. */
    record Reader(String bootstrapServers) {
        List<ConsumerRecord<byte[], byte[]>> records(String topic) {
            try (KafkaConsumer<byte[], byte[]> any = consumer("read_uncommitted");
                    KafkaConsumer<byte[], byte[]> committed = consumer("read_committed")) {
                List<TopicPartition> partitions = committed.partitionsFor(topic).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
                Map<TopicPartition, Long> ends = any.endOffsets(partitions);
                committed.assign(partitions);
                committed.seekToBeginning(partitions);
                List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
                while (partitions.stream().anyMatch(partition -> committed.position(partition) < ends.get(partition))) {
                    committed.poll(Duration.ofMillis(100)).forEach(records::add);
                }
                return records;
            }
        }

        private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
            return new KafkaConsumer<>(
                    Map.of(
                            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrapServers,
                            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                            isolation),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        }
    }
}
