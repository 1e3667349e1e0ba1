package io.stillwatch.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.broker.BrokerOptions;
import io.stillwatch.broker.EmbeddedBroker;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.topology.topics.TopicProvisioner;
import io.stillwatch.topology.topics.Topics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A webhook on a real Kafka, with a receiver that fails and a sink that is restarted. */
@Tag("broker")
@Timeout(240)
class AlertSinkLiveTest {
    private static final Topics TOPICS = Topics.of("t.", 1, Topics.RequestsKept.NEWEST);
    private static final SerdeFactory SERDES = new SerdeFactory(WireFormat.singleObject());
    private static final Backoff QUICK = new Backoff(3, Duration.ofMillis(50));

    @TempDir
    private Path directory;

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<String> notices = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void nothingIsLostOverFailuresAndARestartAndWhatIsGivenUpIsAmongTheDeadLetters() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            boolean fails = failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
            if (!fails) {
                received.add(exchange.getRequestHeaders().getFirst("webhook-id"));
            }
            exchange.sendResponseHeaders(fails ? 503 : 204, -1);
            exchange.close();
        });
        server.start();
        try (EmbeddedBroker broker = EmbeddedBroker.start(new BrokerOptions(directory, PortChoice.any()))) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                new TopicProvisioner(admin).createMissing(TOPICS.all(), Optional.empty());
            }
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            write(client, 0);
            AlertSink first = start(address, client);
            write(client, 1, 2);
            await(() -> received.size() == 2);
            first.close();
            assertThat(received).containsExactly("al-5f0c11_1", "al-5f0c11_2");
            assertThat(first.counts().delivered()).isEqualTo(2);

            write(client, 3);
            failures.set(2);
            AlertSink second = start(address, client);
            await(() -> received.size() == 3);
            failures.set(3);
            write(client, 4, 5);
            await(() -> received.size() == 4);
            second.close();
            assertThat(received).containsExactly("al-5f0c11_1", "al-5f0c11_2", "al-5f0c11_3", "al-5f0c11_5");
            assertThat(second.counts().givenUp()).isEqualTo(1);
            assertThat(deadLetters(client)).containsExactly(4L);
            assertThat(notices).anyMatch(notice -> notice.contains("answers 503. Alerts for it wait"));
        } finally {
            server.stop(0);
        }
    }

    private AlertSink start(String address, Map<String, Object> client) {
        return AlertSink.start(
                WebhookTarget.of(address, false, Optional.empty(), AlertFormat.OCSF, "1"),
                QUICK,
                TOPICS,
                SERDES,
                "t",
                client,
                client,
                notices::add);
    }

    private static void write(Map<String, Object> client, long... sequences) throws Exception {
        try (KafkaProducer<String, Alert> producer = new KafkaProducer<>(
                client, new StringSerializer(), SERDES.serde(Alert.class).serializer())) {
            for (long sequence : sequences) {
                Alert alert = SampleAlerts.opened();
                alert.setSequence(sequence);
                producer.send(new ProducerRecord<>(TOPICS.alerts(), alert.getEntityId(), alert))
                        .get();
            }
        }
    }

    private static List<Long> deadLetters(Map<String, Object> client) {
        List<Long> sequences = new CopyOnWriteArrayList<>();
        TopicPartition partition = new TopicPartition(TOPICS.deadLetters(), 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> sequences.add(SERDES.serde(Alert.class)
                                .deserializer()
                                .deserialize("", record.value())
                                .getSequence()));
            }
        }
        return sequences;
    }

    private static void await(BooleanSupplier reached) throws InterruptedException {
        while (!reached.getAsBoolean()) {
            Thread.sleep(50);
        }
    }
}
