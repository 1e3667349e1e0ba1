package io.stillwatch.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
@Timeout(120)
class EmbeddedBrokerTest {
    private static final String TOPIC = "records";
    private static final long LONG_AGO = Instant.parse("2016-02-29T12:00:00Z").toEpochMilli();
    private static final long AHEAD = Instant.parse("2035-07-01T00:00:00Z").toEpochMilli();

    @TempDir
    private Path directory;

    @Test
    void recordsOfAnyAgeAndOfTwelveMegabytesStayThroughARestart() throws Exception {
        byte[] large = new byte[12 * 1024 * 1024];
        new Random(7).nextBytes(large);
        try (EmbeddedBroker broker = start(PortChoice.any())) {
            createTopic(broker);
            send(broker, LONG_AGO, new byte[] {1});
            send(broker, AHEAD, new byte[] {2});
            send(broker, LONG_AGO, large);
        }

        try (EmbeddedBroker broker = start(PortChoice.any())) {
            List<ConsumerRecord<byte[], byte[]>> records = readAll(broker);

            assertThat(records).extracting(ConsumerRecord::timestamp).containsExactly(LONG_AGO, AHEAD, LONG_AGO);
            assertThat(records.get(2).value()).isEqualTo(large);
        }
    }

    @Test
    void aSecondBrokerOnTheSameDirectoryIsToldWhoHasItAndOnItsPortToTakeAnother() throws Exception {
        Path elsewhere = directory.resolve("elsewhere");
        try (EmbeddedBroker broker = start(PortChoice.any())) {
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(() -> start(PortChoice.any()))
                    .withMessage(
                            "%s is in use by the Stillwatch process with pid %d; stop it or give another"
                                    + " --data-dir.",
                            directory.resolve("data"), ProcessHandle.current().pid());
            assertThatExceptionOfType(BrokerException.class)
                    .isThrownBy(
                            () -> EmbeddedBroker.start(new BrokerOptions(elsewhere, PortChoice.exactly(broker.port()))))
                    .withMessageStartingWith("Port " + broker.port() + " on 127.0.0.1 is taken");
            assertThat(DataDirectory.owner(directory.resolve("data")))
                    .contains(
                            new RunningInstance(ProcessHandle.current().pid(), Optional.of(broker.bootstrapServers())));
            assertThat(DataDirectory.owner(elsewhere)).isEmpty();
        }
        assertThat(DataDirectory.owner(directory.resolve("data"))).isEmpty();
    }

    @Test
    void everySettingIsOneThatTheServerKnows() {
        Properties properties = BrokerProperties.of(directory, 1, 2);

        assertThat(KafkaConfig.configDef().names()).containsAll(properties.stringPropertyNames());
    }

    private EmbeddedBroker start(PortChoice port) {
        return EmbeddedBroker.start(new BrokerOptions(directory.resolve("data"), port));
    }

    private static void createTopic(EmbeddedBroker broker) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
        }
    }

    private static void send(EmbeddedBroker broker, long timestamp, byte[] value)
            throws ExecutionException, InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "max.request.size", EmbeddedBroker.MAX_RECORD_BYTES);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, 0, timestamp, null, value))
                    .get();
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> readAll(EmbeddedBroker broker) {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
            return records;
        }
    }
}
