package io.stillwatch.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.Main;
import io.stillwatch.cli.Streams;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.topology.topics.Topics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands on one embedded Kafka that another command runs, from an empty cluster on. */
@Tag("broker")
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterTest {
    @TempDir
    private static Path directory;

    private static Cluster cluster;

    private final Streams streams = new Streams();

    @BeforeAll
    static void startOnAPortThatIsTaken() throws Exception {
        Streams startup = new Streams();
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            cluster = Cluster.open(
                    settings(Optional.empty(), directory.resolve("data"), Map.of("security.protocol", "SASL_SSL")),
                    PortChoice.preferably(other.getLocalPort()),
                    new TerminalOutput(startup.out(), startup.err(), Terminal.NONE, Verbosity.NORMAL));
            assertThat(startup.complained())
                    .isEqualTo(
                            "Port %d is taken, so the embedded Kafka listens on %s.%n",
                            other.getLocalPort(), cluster.bootstrapServers());
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    @Order(1)
    void missingTopicsAreOneProblemForDescribeAndForTheDoctor() {
        assertThat(run("topics", "describe")).isEqualTo(ExitStatus.FAILURE.code());
        assertThat(streams.printed()).contains("problem: 17 of 17 topics do not exist (stillwatch.requests, ");

        assertThat(run("doctor")).isEqualTo(ExitStatus.FAILURE.code());
        assertThat(streams.printed()).contains("FAIL topics     17 of 17 topics do not exist");
    }

    @Test
    @Order(1)
    void signaturesAreListedWhereNoTopicSaysAnythingAboutThem() {
        assertThat(run("signatures", "list")).isZero();
        assertThat(streams.printed()).containsPattern("logprob-harvest .* given ");
        assertThat(streams.complained()).isEmpty();
    }

    @Test
    @Order(2)
    void whatIsMissingIsCreatedOnceAndIsThenRight() {
        assertThat(run("topics", "create", "--partitions", "2")).isZero();
        assertThat(streams.printedLines()).hasSize(17).contains("created stillwatch.alerts.ocsf");

        assertThat(run("topics", "create")).isZero();
        assertThat(streams.complained()).isEqualTo("All 17 topics exist already.\n");

        assertThat(run("topics", "describe")).isZero();
        assertThat(streams.printed()).contains("2 GiB a partition").doesNotContain("problem", "note:");
    }

    @Test
    @Order(3)
    void theLagOfTheApplicationIsWhatItHasNotCommittedYet() throws Exception {
        String requests = Topics.live("stillwatch.").requests();
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                        cluster.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer());
                Admin admin = Admin.create(cluster.adminProperties())) {
            for (int i = 0; i < 3; i++) {
                producer.send(new ProducerRecord<>(requests, 0, null, new byte[] {1}))
                        .get();
            }
            assertThat(run("doctor")).isZero();
            assertThat(streams.printed()).contains("ok   lag        application stillwatch has read nothing yet");

            admin.alterConsumerGroupOffsets(
                            "stillwatch", Map.of(new TopicPartition(requests, 0), new OffsetAndMetadata(1)))
                    .all()
                    .get();
        }

        assertThat(run("doctor")).isZero();
        assertThat(streams.printedLines())
                .contains(
                        "ok   broker     " + cluster.bootstrapServers() + " answers, 1 node",
                        "ok   topics     all 17 are right",
                        "warn lag        application stillwatch is 2 records behind and not running; start it with:"
                                + " stillwatch run");
    }

    @Test
    @Order(4)
    void anotherInstanceOnTheSameClusterHasAStateDirectoryOfItsOwn() {
        KafkaSettings settings =
                settings(Optional.of(cluster.bootstrapServers()), directory.resolve("other"), Map.of());
        try (Cluster given = Cluster.open(settings, PortChoice.any(), output())) {
            assertThat(given.isEmbedded()).isFalse();
            assertThat(given.stateDirectory().getFileName())
                    .isEqualTo(cluster.stateDirectory().getFileName());
            assertThat(given.stateDirectory()).startsWithRaw(directory.resolve("other"));
            assertThat(given.streamsProperties())
                    .containsEntry("application.id", "stillwatch")
                    .containsEntry("state.dir", given.stateDirectory().toString())
                    .containsEntry("bootstrap.servers", cluster.bootstrapServers());
        }
        assertThat(cluster.isEmbedded()).isTrue();
        assertThat(cluster.clientProperties()).doesNotContainKey("security.protocol");
    }

    private int run(String... arguments) {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--data-dir";
        all[arguments.length + 1] = directory.resolve("data").toString();
        // Meant for a cluster elsewhere; the embedded one must not be asked for it.
        Map<String, String> environment = Map.of("STILLWATCH_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
        return Main.run(environment, Terminal.NONE, streams.out(), streams.err(), all);
    }

    private TerminalOutput output() {
        return new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL);
    }

    private static KafkaSettings settings(
            Optional<String> bootstrapServers, Path data, Map<String, String> clientProperties) {
        return new KafkaSettings(bootstrapServers, clientProperties, "stillwatch.", data, Optional.empty());
    }
}
