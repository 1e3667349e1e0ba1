package io.stillwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.broker.BrokerOptions;
import io.stillwatch.broker.EmbeddedBroker;
import io.stillwatch.broker.PortChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real Kafka, with a clock that the test moves. */
@Tag("broker")
@Timeout(120)
class RetentionTest {
    private static final TopicPartition READ = new TopicPartition("requests", 0);
    private static final TopicPartition UNREAD = new TopicPartition("dead", 0);
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    private final AtomicLong clock = new AtomicLong(1_000 * HOUR_MS);

    @TempDir
    private Path directory;

    private static long first(Admin admin, TopicPartition partition) throws Exception {
        return admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                .partitionResult(partition)
                .get()
                .offset();
    }

    private void write(EmbeddedBroker broker, String topic, int records) {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int number = 0; number < records; number++) {
                // However old or new an event says it is.
                Future<?> unused = producer.send(
                        new ProducerRecord<>(topic, 0, number % 2 == 0 ? 1L : Long.MAX_VALUE / 2, "k", "v"));
            }
        }
    }

    private Retention retention(Admin admin) {
        return new Retention(
                admin,
                "group",
                Map.of("requests", Duration.ofHours(2), "dead", Duration.ofHours(2)),
                directory,
                clock::get);
    }

    @Test
    void whatHasLainForLongEnoughIsDeletedByTheTimeItLayThereAndNeverBeforeItWasRead() throws Exception {
        try (EmbeddedBroker broker =
                        EmbeddedBroker.start(new BrokerOptions(directory.resolve("data"), PortChoice.any()));
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of("requests", "dead").stream()
                            .map(name -> new NewTopic(name, Optional.of(1), Optional.empty())
                                    .configs(Map.of(
                                            "message.timestamp.after.max.ms",
                                            "" + Long.MAX_VALUE,
                                            "retention.ms",
                                            "-1")))
                            .toList())
                    .all()
                    .get();
            write(broker, "requests", 10);
            write(broker, "dead", 10);
            admin.alterConsumerGroupOffsets("group", Map.of(READ, new OffsetAndMetadata(4)))
                    .all()
                    .get();
            retention(admin).turn();
            write(broker, "requests", 5);

            clock.addAndGet(HOUR_MS);
            retention(admin).turn();
            assertThat(first(admin, READ)).isZero();

            clock.addAndGet(HOUR_MS);
            // Another process goes on with what the one before noted.
            retention(admin).turn();
            assertThat(first(admin, READ)).as("only what was read").isEqualTo(4);
            assertThat(first(admin, UNREAD)).isEqualTo(10);

            admin.alterConsumerGroupOffsets("group", Map.of(READ, new OffsetAndMetadata(15)))
                    .all()
                    .get();
            retention(admin).turn();
            assertThat(first(admin, READ)).as("what came later stays").isEqualTo(10);
            clock.addAndGet(2 * HOUR_MS);
            retention(admin).turn();
            assertThat(first(admin, READ)).isEqualTo(15);
        }
        assertThat(Files.readString(directory.resolve("retention.properties"))).contains("requests");
    }
}
