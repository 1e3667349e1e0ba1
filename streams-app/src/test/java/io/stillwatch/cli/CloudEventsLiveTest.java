package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.baseline.Reference;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.option.TuningOptions;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.OriginalBytes;
import io.stillwatch.ingest.Position;
import io.stillwatch.replay.Feeder;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.PlanReader;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.topology.control.BaselinePublisher;
import io.stillwatch.topology.control.SignaturePublisher;
import io.stillwatch.topology.record.EventTypes;
import io.stillwatch.topology.topics.TopicSpec;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a pipeline and the commands beside it write, held to the Kafka protocol binding of CloudEvents 1.0 in binary mode:
 * a campaign is simulated, so that every topic gets something.
 */
@Tag("broker")
@Tag("slow")
@Timeout(300)
class CloudEventsLiveTest {
    /** Event types by topic without its prefix. Whoever adds a topic adds it here. */
    private static final Map<String, Set<String>> TYPES = Map.ofEntries(
            Map.entry("requests", Set.of(EventTypes.REQUEST, EventTypes.END_OF_INPUT)),
            Map.entry("pieces", Set.of(EventTypes.PIECE)),
            Map.entry("fingerprints", Set.of(EventTypes.FINGERPRINT)),
            Map.entry("profiles", Set.of(EventTypes.PROFILE)),
            Map.entry("links", Set.of(EventTypes.LINKS)),
            Map.entry("campaigns", Set.of(EventTypes.CAMPAIGN_MEMBER)),
            Map.entry("signatures", Set.of(EventTypes.SIGNATURE)),
            Map.entry("baseline", Set.of(EventTypes.BASELINE)),
            Map.entry("enrolments", Set.of(EventTypes.ENROLMENT)),
            Map.entry("findings", Set.of(EventTypes.FINDING)),
            Map.entry("triage", Set.of(EventTypes.TRIAGE)),
            Map.entry("allowlist", Set.of(EventTypes.ALLOWLIST)),
            Map.entry("alerts", Set.of(EventTypes.ALERT)),
            Map.entry("alerts.ocsf", Set.of(EventTypes.ALERT_OCSF)),
            Map.entry("decisions", Set.of(EventTypes.DECISION)),
            Map.entry("losses", Set.of(EventTypes.LOSSES)),
            Map.entry("dead-letters", Set.of(EventTypes.DEAD_LETTER)));

    /** Topics that nothing in this test writes to. */
    private static final Set<String> SILENT = Set.of("pieces", "enrolments", "triage", "allowlist", "decisions");

    private static final String PLAN = """
            name: campaign
            seed: 5
            days: 3
            groups:
              - behaviour: reasoning-trace-elicitation
                accounts: 40
                requests: [10, 14]
                campaign: {name: hydra, deal: random, template: shared}
                together: {network: 5, payment: 8, client: 1, tls: 1}
                signed_up: [0.5, 10]
                timing: service
              - {persona: chat-user, accounts: 140, requests: [4, 16]}
              - {persona: popular-app, accounts: 30, requests: [3, 14]}
              - {persona: class, accounts: 28, requests: [5, 12]}
            """;

    private static final String SHADOW = """
            id: in-shadow
            version: 1
            title: A test
            severity: low
            status: shadow
            window: PT24H
            minimum: 5
            condition: "requests >= 5"
            score: "0.5"
            evidence: [requests]
            """;

    private static final Topics TOPICS = Topics.of(Topics.DEFAULT_PREFIX, 1, Topics.RequestsKept.ALL);

    @TempDir
    private static Path directory;

    private static final Map<String, List<ConsumerRecord<byte[], byte[]>>> RECORDS = new HashMap<>();

    @BeforeAll
    static void run() throws Exception {
        Streams streams = new Streams();
        TerminalOutput output = new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL);
        KafkaSettings settings = new KafkaSettings(
                Optional.empty(), Map.of(), Topics.DEFAULT_PREFIX, directory.resolve("data"), Optional.empty());
        SignatureSet signatures =
                SignatureSet.bundled().overlaid(List.of(SignatureReader.read("in-shadow.yaml", SHADOW)), Set.of());
        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            Cluster cluster = shutdown.open(Cluster.open(settings, PortChoice.any(), output));
            PipelineSession session = PipelineSession.start(
                    settings, cluster, TOPICS, signatures, Reference.bundled(), new TuningOptions()::applyTo, shutdown);
            publish(cluster);
            unreadable(cluster);
            Feeder feeder = session.feeder();
            feeder.sendDeadLetter(new Ingested.Rejected(Position.line("a.jsonl", 1), "no JSON", OriginalBytes.NONE));
            long lastMs = 0;
            Iterator<RequestEvent> events = new Simulator(PlanReader.read(PLAN)).events();
            while (events.hasNext()) {
                RequestEvent event = events.next();
                lastMs = event.getEventTime();
                feeder.send(event);
            }
            feeder.end(lastMs);
            feeder.flush();
            while (session.waiting() > 0) {
                Thread.sleep(50);
            }
            // The ledger is shown when a partition at rest commits.
            Thread.sleep(2_000);
            read(cluster);
        }
    }

    private static void publish(Cluster cluster) {
        SerdeFactory serdes = new SerdeFactory(WireFormat.singleObject());
        try (SignaturePublisher publisher = new SignaturePublisher(TOPICS, serdes, cluster.producerProperties())) {
            publisher.publish(SignatureDefinition.newBuilder()
                    .setId("in-shadow")
                    .setVersion(1)
                    .setYaml(SHADOW)
                    .setPublishedAt(1_790_000_000_000L)
                    .build());
            publisher.retract("never-published");
        }
        try (BaselinePublisher publisher = new BaselinePublisher(TOPICS, cluster.producerProperties())) {
            publisher.publish(BaselineFile.bundled(), 1_790_000_000_000L);
            publisher.retract();
        }
    }

    private static void unreadable(Cluster cluster) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                cluster.producerProperties(), new ByteArraySerializer(), new ByteArraySerializer())) {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    TOPICS.requests(), new byte[] {1}, "no request".getBytes(StandardCharsets.UTF_8));
            record.headers()
                    .add("ce_specversion", "1.0".getBytes(StandardCharsets.UTF_8))
                    .add("ce_id", "g-1".getBytes(StandardCharsets.UTF_8))
                    .add("ce_source", "/gateways/g".getBytes(StandardCharsets.UTF_8))
                    .add("ce_type", EventTypes.REQUEST.getBytes(StandardCharsets.UTF_8))
                    .add("content-type", "application/json".getBytes(StandardCharsets.UTF_8));
            producer.send(record).get();
        }
    }

    private static void read(Cluster cluster) {
        for (TopicSpec spec : TOPICS.all()) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            Map<String, Object> properties = new HashMap<>(cluster.clientProperties());
            properties.put("isolation.level", "read_committed");
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                List<TopicPartition> partitions = consumer.partitionsFor(spec.name()).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
                consumer.assign(partitions);
                consumer.seekToBeginning(partitions);
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
            }
            RECORDS.put(spec.name().substring(Topics.DEFAULT_PREFIX.length()), records);
        }
    }

    @AfterAll
    static void forget() {
        RECORDS.clear();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Test
    void everyTopicOfTheCatalogueHasItsEventTypes() {
        assertThat(TYPES.keySet()).isEqualTo(RECORDS.keySet());
    }

    @Test
    void everyTopicGotSomething() {
        assertThat(RECORDS)
                .allSatisfy((topic, records) ->
                        assertThat(records.isEmpty()).as(topic).isEqualTo(SILENT.contains(topic)));
    }

    @Test
    void everyRecordHasTheAttributesThatCloudEventsRequiresOnceEach() {
        List<String> violations = new ArrayList<>();
        RECORDS.forEach((topic, records) -> records.forEach(record -> {
            String at = topic + "@" + record.offset() + ": ";
            if (!"1.0".equals(header(record, "ce_specversion"))) {
                violations.add(at + "ce_specversion is not 1.0");
            }
            for (String required : List.of("ce_id", "ce_source", "ce_type")) {
                if (header(record, required) == null || header(record, required).isBlank()) {
                    violations.add(at + "no " + required);
                }
            }
            String type = String.valueOf(header(record, "ce_type"));
            if (!TYPES.get(topic).contains(type)) {
                violations.add(at + "ce_type " + type);
            }
            String mediaType = String.valueOf(header(record, "content-type"));
            // application/cloudevents would mean structured mode, which these records are not in.
            if (!mediaType.matches("[a-z]+/[a-z-]+") || mediaType.startsWith("application/cloudevents")) {
                violations.add(at + "content-type " + mediaType);
            }
            Set<String> names = new HashSet<>();
            for (Header header : record.headers()) {
                if (!names.add(header.key()) || header.key().matches("ce_.*[^a-z0-9].*")) {
                    violations.add(at + "header " + header.key());
                }
            }
        }));
        assertThat(violations).isEmpty();
    }

    @Test
    void noTwoRecordsOfATopicHaveTheSameSourceAndId() {
        List<String> repeated = new ArrayList<>();
        RECORDS.forEach((topic, records) -> {
            Set<String> seen = new HashSet<>();
            records.forEach(record -> {
                String id = header(record, "ce_source") + " " + header(record, "ce_id");
                if (!seen.add(id)) {
                    repeated.add(topic + "@" + record.offset() + ": " + id);
                }
            });
        });
        assertThat(repeated).isEmpty();
    }

    @Test
    void theMediaTypeIsThatOfTheValue() {
        assertThat(RECORDS.get("alerts.ocsf"))
                .extracting(record -> header(record, "content-type"))
                .containsOnly("application/json");
        assertThat(RECORDS.get("alerts"))
                .extracting(record -> header(record, "content-type"))
                .containsOnly("application/avro");
    }

    @Test
    void aDeadLetterKeepsTheSourceTheIdAndTheTypeOfTheRecord() {
        assertThat(RECORDS.get("dead-letters"))
                .anySatisfy(record -> {
                    assertThat(header(record, "ce_source")).isEqualTo("/gateways/g");
                    assertThat(header(record, "ce_originalid")).isEqualTo("g-1");
                    assertThat(header(record, "ce_originaltype")).isEqualTo(EventTypes.REQUEST);
                    assertThat(header(record, "ce_id")).startsWith("stillwatch.requests/0/");
                })
                .anySatisfy(record -> assertThat(header(record, "ce_id")).contains("a.jsonl"));
    }
}
