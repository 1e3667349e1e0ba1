package io.stillwatch.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("broker")
@Timeout(60)
class EmbeddedBrokerTest {
    private static final String TOPIC = "records";

    @TempDir
    private Path directory;

    @Test
    void recordsOfAnyAgeAndSizeStayThroughARestart() throws Exception {
        byte[] large = new byte[12 * 1024 * 1024];
        new Random(7).nextBytes(large);
        long longAgo = Instant.parse("2016-02-29T12:00:00Z").toEpochMilli();
        long ahead = Instant.parse("2035-07-01T00:00:00Z").toEpochMilli();

        Instant begun = Instant.now();
        try (EmbeddedBroker broker = start(PortChoice.any())) {
            createTopic(broker, TOPIC);
            send(
                    broker,
                    new ProducerRecord<>(TOPIC, 0, longAgo, null, new byte[] {1}),
                    new ProducerRecord<>(TOPIC, 0, ahead, null, new byte[] {2}),
                    new ProducerRecord<>(TOPIC, 0, longAgo, null, large));
        }
        System.err.println("first " + Duration.between(begun, Instant.now()));
        begun = Instant.now();
        try (EmbeddedBroker broker = start(PortChoice.any())) {
        System.err.println("restart " + Duration.between(begun, Instant.now()));
            List<ConsumerRecord<byte[], byte[]>> records = readAll(broker, TOPIC);

            assertThat(records).extracting(ConsumerRecord::timestamp).containsExactly(longAgo, ahead, longAgo);
            assertThat(records.get(2).value()).isEqualTo(large);
        }
        System.err.println("second " + Duration.between(begun, Instant.now()));
    }

    private EmbeddedBroker start(PortChoice port) {
        return EmbeddedBroker.start(new BrokerOptions(directory, port));
    }

    private static void createTopic(EmbeddedBroker broker, String name) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
    }

    @SafeVarargs
    private static void send(EmbeddedBroker broker, ProducerRecord<byte[], byte[]>... records) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "max.request.size",
                EmbeddedBroker.MAX_RECORD_BYTES,
                "max.block.ms",
                10_000);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record).get();
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> readAll(EmbeddedBroker broker, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
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
