package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.baseline.Reference;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.option.TuningOptions;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.ingest.Forms;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.intake.BearerToken;
import io.stillwatch.intake.IntakeLimits;
import io.stillwatch.intake.IntakeServer;
import io.stillwatch.replay.AlertFollower;
import io.stillwatch.replay.LossReader;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.UserException;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.SourceLosses;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.topology.intake.SourceTopic;
import io.stillwatch.topology.topics.Topics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A harvester comes in from outside, in every way there is, on a real Kafka; each time its alert opens. */
@Tag("broker")
@Tag("slow")
@Timeout(300)
class IntakeLiveTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final int BATCH = 25;
    private static final long TWO_DAYS_MS = 2 * 86_400_000L;

    private static final String PLAN = """
            name: intake
            seed: 11
            days: 1
            groups:
              - {behaviour: bulk-instruction-harvest, accounts: 1, requests: [300, 300]}
              - {persona: chat-user, accounts: 12, requests: [4, 9]}
            """;

    @TempDir
    private Path directory;

    private final Streams startup = new Streams();
    private final HttpClient client = HttpClient.newHttpClient();
    private int port;

    @Test
    void aHarvesterIsFoundWhateverWayItComesInByAndNothingIsLostUntold() throws Exception {
        KafkaSettings settings = new KafkaSettings(
                Optional.empty(), Map.of(), Topics.DEFAULT_PREFIX, directory.resolve("data"), Optional.empty());
        TerminalOutput output = new TerminalOutput(startup.out(), startup.err(), Terminal.NONE, Verbosity.NORMAL);
        Topics topics = Topics.of(settings.prefix(), 2, Topics.RequestsKept.NEWEST);
        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            Cluster cluster = shutdown.open(Cluster.open(settings, PortChoice.any(), output));
            PipelineSession session = PipelineSession.start(
                    settings,
                    cluster,
                    topics,
                    SignatureSet.bundled(),
                    Reference.bundled(),
                    new TuningOptions()::applyTo,
                    shutdown);
            assertThatThrownBy(() -> session.takeIn(sources("no-such-topic"), IngestOptions.DEFAULT))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("There is no topic no-such-topic");
            assertThatThrownBy(() -> session.takeIn(sources(topics.requests()), IngestOptions.DEFAULT))
                    .hasMessageContaining("one of Stillwatch's own");
            try (Admin admin = Admin.create(cluster.adminProperties())) {
                admin.createTopics(List.of(
                                new NewTopic("otlp_spans", 3, (short) 1),
                                new NewTopic("otlp_logs", 2, (short) 1),
                                new NewTopic("gateway", 2, (short) 1)))
                        .all()
                        .get();
            }
            session.takeIn(sources("otlp_spans", "otlp_logs", "gateway"), IngestOptions.DEFAULT);
            IntakeServer server = shutdown.open(IntakeServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    session.intake(),
                    Optional.of(new BearerToken(TOKEN)),
                    IntakeLimits.DEFAULT,
                    IngestOptions.DEFAULT));
            port = server.port();
            AlertFollower alerts = session.allAlerts(step -> {});

            Map<String, Integer> expected = new HashMap<>();
            sendByHttp(expected);
            sendByTopics(cluster, expected);

            Set<String> harvesters = Set.of(
                    "http-protobuf", "http-pieces", "http-litellm", "topic-protobuf", "topic-pieces", "topic-lines");
            Set<String> opened = new HashSet<>();
            while (!opened.containsAll(harvesters)) {
                alerts.poll(Duration.ofMillis(200));
                alerts.steps().stream()
                        .filter(alert -> alert.getState() == AlertState.OPENED)
                        .forEach(alert -> opened.add(alert.getEntityId().replace("-harvester", "")));
            }
            Map<String, Integer> found = awaitRequests(cluster, topics, expected);
            assertThat(found).isEqualTo(expected);
            checkLosses(cluster, topics);
        }
        assertThat(startup.complained()).isEmpty();
    }

    private static List<SourceTopic> sources(String... names) {
        List<SourceTopic> sources = new ArrayList<>();
        for (String name : names) {
            sources.add(new SourceTopic(name, IngestOptions.DEFAULT));
        }
        return sources;
    }

    /** The traffic of the plan, the accounts named after the way by which it comes. */
    private static List<RequestEvent> traffic(String way, Map<String, Integer> expected) {
        List<RequestEvent> events = new ArrayList<>();
        Simulator simulator = new Simulator(PlanReader.read(PLAN));
        String hostile = simulator.truth().stream()
                .filter(row -> row.hostileRequests() > 0)
                .findFirst()
                .orElseThrow()
                .accountId();
        simulator.events().forEachRemaining(event -> {
            String account = way + "-" + (event.getAccountId().equals(hostile) ? "harvester" : event.getAccountId());
            RequestEvent common = Forms.common(event, account, events.size());
            // Each way has days of its own: time does not run twice in one topic.
            common.setEventTime(common.getEventTime() + expected.size() * TWO_DAYS_MS);
            events.add(common);
        });
        expected.put(way, events.size());
        return events;
    }

    private static <T> List<List<T>> batches(List<T> all) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
        }
        return batches;
    }

    private static List<byte[]> protobufs(List<RequestEvent> events) {
        List<byte[]> bodies = new ArrayList<>();
        for (List<RequestEvent> batch : batches(events)) {
            batch.stream().collect(Collectors.groupingBy(RequestEvent::getAccountId)).values().stream()
                    .map(Forms::protobuf)
                    .forEach(bodies::add);
        }
        return bodies;
    }

    /** A call's span and log records in messages of their own, in no order; calls are minutes apart. */
    private static List<String> pieces(RequestEvent event) {
        List<String> pieces = new ArrayList<>(List.of(Forms.span(event, false), Forms.log(event, false)));
        if (event.getSystem() != null) {
            pieces.add(Forms.log(event, true));
        }
        Collections.shuffle(pieces, new Random(event.getEventTime()));
        return pieces;
    }

    private void sendByHttp(Map<String, Integer> expected) throws Exception {
        for (byte[] body : protobufs(traffic("http-protobuf", expected))) {
            assertThat(post("/v1/traces", "application/x-protobuf", body)).isEmpty();
        }
        for (RequestEvent event : traffic("http-pieces", expected)) {
            for (String piece : pieces(event)) {
                assertThat(post(
                                piece.contains("resourceLogs") ? "/v1/logs" : "/v1/traces",
                                "application/json",
                                piece.getBytes(StandardCharsets.UTF_8)))
                        .isEqualTo("{}");
            }
        }
        for (List<RequestEvent> batch : batches(traffic("http-litellm", expected))) {
            String body = batch.stream().map(Forms::liteLlm).collect(Collectors.joining(",", "[", "]"));
            assertThat(post("/v1/requests", "application/json", body.getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo("{\"accepted\":" + batch.size() + ",\"rejected\":0,\"skipped\":0}");
        }
        String unreadable = "[{\"call_type\":\"acompletion\",\"startTime\":1790000000,\"metadata\":{}}]";
        HttpResponse<String> refused =
                send("/v1/requests", "application/json", unreadable.getBytes(StandardCharsets.UTF_8));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("no account");
    }

    private String post(String path, String type, byte[] body) throws Exception {
        HttpResponse<String> answer = send(path, type, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body().strip();
    }

    private HttpResponse<String> send(String path, String type, byte[] body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Content-Type", type)
                        .header("Authorization", "Bearer " + TOKEN)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void sendByTopics(Cluster cluster, Map<String, Integer> expected) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                cluster.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (byte[] body : protobufs(traffic("topic-protobuf", expected))) {
                producer.send(new ProducerRecord<>("otlp_spans", body)).get();
            }
            int sent = 0;
            for (RequestEvent event : traffic("topic-pieces", expected)) {
                for (String piece : pieces(event)) {
                    boolean log = piece.contains("resourceLogs");
                    // Whatever partition, as an exporter without a key chooses.
                    producer.send(new ProducerRecord<>(
                                    log ? "otlp_logs" : "otlp_spans",
                                    sent++ % (log ? 2 : 3),
                                    null,
                                    piece.getBytes(StandardCharsets.UTF_8)))
                            .get();
                }
            }
            List<RequestEvent> lines = traffic("topic-lines", expected);
            for (int number = 0; number < lines.size(); number++) {
                RequestEvent event = lines.get(number);
                String line = number % 3 == 0
                        ? Forms.kong(event)
                        : number % 3 == 1 ? Forms.liteLlm(event) : Forms.json(event);
                // One account on one partition, or one partition could be read far ahead of another.
                producer.send(new ProducerRecord<>("gateway", 0, null, line.getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
            producer.send(new ProducerRecord<>("gateway", 1, null, "{\"broken\":".getBytes(StandardCharsets.UTF_8)))
                    .get();
        }
    }

    private interface Seen {
        void record(ConsumerRecord<byte[], byte[]> record);
    }

    private static void readAll(Cluster cluster, String topic, int partitions, Seen seen) {
        Map<String, Object> properties = new HashMap<>(cluster.clientProperties());
        properties.put("isolation.level", "read_committed");
        properties.put("auto.offset.reset", "earliest");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
            consumer.assign(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(seen::record);
            }
        }
    }

    /** Requests by way; as the last pieces wait for others, until all are there. */
    private static Map<String, Integer> awaitRequests(Cluster cluster, Topics topics, Map<String, Integer> expected)
            throws InterruptedException {
        Map<String, Integer> found = new HashMap<>();
        while (!found.equals(expected)) {
            Thread.sleep(1_000);
            Map<String, Integer> now = new HashMap<>();
            readAll(cluster, topics.requests(), 2, record -> {
                String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
                expected.keySet().stream()
                        .filter(way -> key.startsWith(way + "-"))
                        .forEach(way -> now.merge(way, 1, Integer::sum));
                if (key.startsWith("topic-")) {
                    assertThat(record.headers().lastHeader("ce_sourceoffset")).isNotNull();
                    assertThat(record.headers().lastHeader("ce_sourcepartition"))
                            .isNotNull();
                    assertThat(new String(
                                    record.headers().lastHeader("ce_source").value(), StandardCharsets.UTF_8))
                            .isIn("otlp_spans", "otlp_logs", "gateway");
                }
            });
            found.clear();
            found.putAll(now);
            now.forEach((way, count) -> assertThat(count).as(way).isLessThanOrEqualTo(expected.get(way)));
        }
        return found;
    }

    private static void checkLosses(Cluster cluster, Topics topics) {
        Map<String, Long> unreadable = new HashMap<>();
        while (!unreadable.equals(Map.of("gateway", 1L, "/v1/requests", 1L))) {
            unreadable.clear();
            Map<String, SourceLosses> ledger =
                    LossReader.read(topics, new SerdeFactory(WireFormat.singleObject()), cluster.clientProperties());
            ledger.forEach((source, losses) -> {
                if (losses.getUnreadable() > 0) {
                    unreadable.put(source, losses.getUnreadable());
                }
            });
        }
        List<String> dead = new ArrayList<>();
        readAll(
                cluster,
                topics.deadLetters(),
                2,
                record -> dead.add(new String(record.value(), StandardCharsets.UTF_8)));
        assertThat(dead)
                .containsExactlyInAnyOrder(
                        "{\"broken\":", "{\"call_type\":\"acompletion\",\"startTime\":1790000000,\"metadata\":{}}");
    }
}
