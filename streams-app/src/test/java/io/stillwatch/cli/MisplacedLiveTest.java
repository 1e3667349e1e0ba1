package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.baseline.Reference;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.option.TuningOptions;
import io.stillwatch.cli.run.SimulateCommand;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.decision.DecisionRules;
import io.stillwatch.ingest.RequestEventJson;
import io.stillwatch.metrics.Meters;
import io.stillwatch.replay.AlertFollower;
import io.stillwatch.replay.LossTotals;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.Telemetry;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests of producers that know nothing of murmur2 or of keys cost throughput, and neither events nor alerts. */
@Tag("broker")
@Tag("slow")
@Timeout(300)
class MisplacedLiveTest {
    private static final int PARTITIONS = 4;

    /** Records of a batch that a producer puts on one partition where it has no key. */
    private static final int BATCH = 40;

    @TempDir
    private Path directory;

    private final Streams streams = new Streams();

    /** What came of a log. */
    private record Outcome(Map<String, Alert> opened, LossTotals losses, long misplaced) {}

    /** Where a producer puts an event, and under which key. */
    private interface Placing {
        ProducerRecord<byte[], byte[]> of(String topic, long number, RequestEvent event);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ProducerRecord<byte[], byte[]> record(
            String topic, Integer partition, byte[] key, RequestEvent event) {
        return new ProducerRecord<>(topic, partition, event.getEventTime(), key, bytes(RequestEventJson.write(event)));
    }

    private Outcome play(String name, Placing placing) throws Exception {
        TerminalOutput output = new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL);
        KafkaSettings settings = new KafkaSettings(
                Optional.empty(), Map.of(), Topics.DEFAULT_PREFIX, directory.resolve(name), Optional.empty());
        Simulator simulator = new Simulator(SimulateCommand.plan("small"));
        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            Cluster cluster = shutdown.open(Cluster.open(settings, PortChoice.any(), output));
            Topics topics = Topics.of(settings.prefix(), PARTITIONS, Topics.RequestsKept.ALL);
            Meters meters = shutdown.open(new Meters(Optional.empty(), "test"));
            PipelineSession session = PipelineSession.start(
                    settings,
                    cluster,
                    topics,
                    SignatureSet.bundled(),
                    Reference.bundled(),
                    DecisionRules.observing(),
                    new TuningOptions()::applyTo,
                    Optional.of(new Telemetry(meters)),
                    shutdown);
            Map<String, Object> properties = cluster.producerProperties();
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
                Iterator<RequestEvent> events = simulator.events();
                for (long number = 0; events.hasNext(); number++) {
                    var unused = producer.send(placing.of(topics.requests(), number, events.next()));
                }
                producer.flush();
            }
            LossTotals losses = session.losses();
            while (losses.counted() + losses.late() + losses.repeated() < simulator.size() || session.waiting() > 0) {
                Thread.sleep(500);
                losses = session.losses();
            }
            Map<String, Alert> opened = new TreeMap<>();
            AlertFollower follower = session.allAlerts(step -> {
                if (AlertLifecycle.opens(step)) {
                    opened.putIfAbsent(step.getEntityId(), step);
                }
            });
            follower.catchUp();
            Thread.sleep(1_100);
            return new Outcome(opened, losses, meters.pipeline().tally().misplaced());
        }
    }

    @Test
    void anotherPartitionerThanOursCostsNoEventAndNoAlertAndIsCounted() throws Exception {
        Outcome right = play("right", (topic, number, event) -> {
            byte[] key = bytes(event.getAccountId());
            return record(topic, Topics.partitionOf(key, PARTITIONS), key, event);
        });
        Outcome hashed = play("hashed", (topic, number, event) -> {
            CRC32 other = new CRC32();
            other.update(bytes(event.getAccountId()));
            return record(topic, (int) (other.getValue() % PARTITIONS), bytes(event.getAccountId()), event);
        });

        assertThat(right.misplaced()).isZero();
        assertThat(hashed.misplaced()).isPositive();
        assertThat(hashed.losses()).isEqualTo(right.losses());
        assertThat(right.opened()).isNotEmpty();
        assertThat(told(hashed)).isEqualTo(told(right));
    }

    /** Who is accused, when by event time, after how many requests, and how badly. */
    private static Map<String, String> told(Outcome outcome) {
        Map<String, String> told = new TreeMap<>();
        outcome.opened()
                .forEach((entity, alert) ->
                        told.put(entity, alert.getTime() + " " + alert.getRequests() + " " + alert.getSeverity()));
        return told;
    }

    @Test
    void withoutAKeyABulkCostsNoEventAndTheSameAccountsAreAccused() throws Exception {
        Outcome keyless = play(
                "keyless", (topic, number, event) -> record(topic, (int) (number / BATCH % PARTITIONS), null, event));

        assertThat(keyless.misplaced()).isEqualTo(keyless.losses().records());
        assertThat(keyless.losses().late()).isZero();
        assertThat(keyless.losses().counted()).isEqualTo(keyless.losses().records());
        assertThat(keyless.opened()).hasSize(3);
    }
}
