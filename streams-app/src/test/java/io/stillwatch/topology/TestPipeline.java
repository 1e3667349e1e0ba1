package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.account.AccountEntry;
import io.stillwatch.account.AccountInvariants;
import io.stillwatch.account.AccountState;
import io.stillwatch.account.Detour;
import io.stillwatch.account.EventTime;
import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.alert.AlertMemory;
import io.stillwatch.alert.Observation;
import io.stillwatch.schema.AccountLinks;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.ProfileSnapshot;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.ShadowFinding;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.SourceLosses;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.control.BaselinePublisher;
import io.stillwatch.topology.control.LiveSignatures;
import io.stillwatch.topology.decision.LiveDecisions;
import io.stillwatch.topology.record.DeadLetterHandler;
import io.stillwatch.topology.record.EndOfInput;
import io.stillwatch.topology.record.SentOn;
import io.stillwatch.topology.state.AccountStore;
import io.stillwatch.topology.state.Durability;
import io.stillwatch.topology.state.PaneStore;
import io.stillwatch.topology.state.RocksDbMemory;
import io.stillwatch.topology.topics.StoreNames;
import io.stillwatch.topology.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The whole topology on one partition, without a broker. */
final class TestPipeline implements AutoCloseable {
    static final long START_MS = 1_790_000_000_000L / 86_400_000 * 86_400_000;
    static final long MINUTE_MS = 60_000;
    static final long HOUR_MS = 60 * MINUTE_MS;
    static final long DAY_MS = 24 * HOUR_MS;

    private static final Topics TOPICS = Topics.of("t.", 1, Topics.RequestsKept.ALL);
    private static final SerdeFactory SERDES = new SerdeFactory(WireFormat.singleObject());

    private final Path state;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, RequestEvent> requests;

    TestPipeline(SignatureSet signatures) {
        this(signatures, PipelineOptions.defaults(1, "test"));
    }

    TestPipeline(SignatureSet signatures, PipelineOptions options) {
        this(signatures, options, Durability.DURABLE);
    }

    TestPipeline(SignatureSet signatures, PipelineOptions options, Durability keeping) {
        try {
            state = Files.createTempDirectory("stillwatch-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, TOPICS.deadLetters());
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.putAll(RocksDbMemory.streamsProperties(options.rocksDbBytes()));
        driver = new TopologyTestDriver(
                PipelineTopology.build(
                        PipelineTopology.Start.REQUESTS,
                        options,
                        TOPICS,
                        signatures,
                        SERDES,
                        keeping,
                        EvaluationListener.NONE),
                properties);
        requests = driver.createInputTopic(
                TOPICS.requests(),
                new StringSerializer(),
                SERDES.serde(RequestEvent.class).serializer());
    }

    static RequestEvent event(String account, int number, long timeMs, String prompt) {
        return RequestEvent.newBuilder()
                .setEventId(account + "-" + number)
                .setEventTime(timeMs)
                .setAccountId(account)
                .setPrompt(prompt)
                .setOutputTokens(100L)
                .build();
    }

    /** A prompt that no other number gives. */
    static RequestEvent event(String account, int number, long timeMs) {
        return event(account, number, timeMs, "never asked " + account + number * 7919L);
    }

    void send(RequestEvent event) {
        requests.pipeInput(event.getAccountId(), event);
    }

    /** Sends a record with CloudEvents' source. */
    void send(RequestEvent event, String source) {
        requests.pipeInput(new TestRecord<>(
                event.getAccountId(),
                event,
                new RecordHeaders().add("ce_source", source.getBytes(StandardCharsets.UTF_8))));
    }

    /** Sends a request as one that came round by another partition. */
    void sendRound(RequestEvent event, Detour detour) {
        RecordHeaders headers = new RecordHeaders();
        new SentOn(detour).mark(headers);
        requests.pipeInput(new TestRecord<>(event.getAccountId(), event, headers));
    }

    void sendRaw(String key, byte[] value) {
        driver.createInputTopic(TOPICS.requests(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value);
    }

    /** Writes anything to any topic, and lets the pipeline notice. */
    void sendRaw(Function<Topics, String> topic, String key, byte[] value, long timeMs) {
        driver.createInputTopic(topic.apply(TOPICS), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, timeMs);
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    /** A message as it stands on the topics. */
    static <T extends SpecificRecord> byte[] bytes(Class<T> type, T message) {
        return SERDES.serde(type).serializer().serialize("t", message);
    }

    /** Publishes a definition and lets the pipeline notice. */
    void publish(SignatureDefinition definition) {
        publish(
                definition.getId(),
                SERDES.serde(SignatureDefinition.class).serializer().serialize(TOPICS.signatures(), definition));
    }

    /** Writes to the signatures topic, null for a tombstone, and lets the pipeline notice. */
    void publish(String id, byte[] value) {
        driver.createInputTopic(TOPICS.signatures(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(id, value);
        notice();
    }

    /** Definitions of signatures that are in memory; count. */
    long keptDefinitions() {
        return driver.getKeyValueStore(LiveSignatures.STORE).approximateNumEntries();
    }

    /** Writes to the baseline topic, null for a tombstone, and lets the pipeline notice. */
    void publishBaseline(byte[] value) {
        driver.createInputTopic(TOPICS.baseline(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(BaselinePublisher.KEY, value);
        notice();
    }

    /** Writes to the topic of enrolments, null for a tombstone, and lets the pipeline notice. */
    void publishEnrolment(String account, byte[] value) {
        driver.createInputTopic(TOPICS.enrolments(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(account, value);
        notice();
    }

    /** Writes an order of an analyst and lets the pipeline notice. */
    void order(TriageRecord order) {
        driver.createInputTopic(
                        TOPICS.triage(),
                        new StringSerializer(),
                        SERDES.serde(TriageRecord.class).serializer())
                .pipeInput(order.getEntityId(), order);
        notice();
    }

    /** Writes to the triage topic and lets the pipeline notice. */
    void orderRaw(String key, byte[] value) {
        driver.createInputTopic(TOPICS.triage(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value);
        notice();
    }

    /** Adds an entry to the allowlist and lets the pipeline notice. */
    void allow(AllowlistEntry entry) {
        allow(entry.getId(), SERDES.serde(AllowlistEntry.class).serializer().serialize(TOPICS.allowlist(), entry));
    }

    /** Writes to the topic of the allowlist, null for a tombstone, and lets the pipeline notice. */
    void allow(String id, byte[] value) {
        driver.createInputTopic(TOPICS.allowlist(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(id, value);
        notice();
    }

    /** The metric of that name, of the one task. */
    double metric(String name) {
        return driver.metrics().entrySet().stream()
                .filter(metric -> metric.getKey().name().equals(name))
                .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
                .sum();
    }

    /** Lets the pipeline notice what came over the signatures topic and look at all accounts. */
    void notice() {
        for (int turn = 0; turn < 4; turn++) {
            driver.advanceWallClockTime(Duration.ofSeconds(1));
        }
    }

    /** Lets two accounts reach a time, so that it counts as the partition's. */
    void reach(long timeMs) {
        for (String account : List.of("clock-1", "clock-2")) {
            send(event(account, (int) (timeMs / MINUTE_MS % 1_000_000), timeMs));
        }
    }

    /** Says that the log is over at a time that its accounts have reached. */
    void end(long reachedMs) {
        mark(new EndOfInput(reachedMs + EndOfInput.AFTERWARDS.toMillis(), true));
    }

    /** Says that the log has come to a time, and that more of it may follow. */
    void goOn(long reachedMs) {
        mark(new EndOfInput(reachedMs, false));
    }

    private void mark(EndOfInput end) {
        RecordHeaders headers = new RecordHeaders();
        end.mark(headers);
        requests.pipeInput(new TestRecord<>(null, null, headers, end.timeMs()));
    }

    void passWallClock(Duration time) {
        driver.advanceWallClockTime(time);
    }

    List<Alert> alerts() {
        return values(TOPICS.alerts(), Alert.class);
    }

    List<ProfileSnapshot> snapshots() {
        return values(TOPICS.profiles(), ProfileSnapshot.class);
    }

    List<ShadowFinding> findings() {
        return values(TOPICS.findings(), ShadowFinding.class);
    }

    List<SourceLosses> losses() {
        return values(TOPICS.losses(), SourceLosses.class);
    }

    /** Every record of the decisions topic not read yet; no value where a decision was taken back. */
    List<KeyValue<String, Decision>> decisions() {
        return driver.createOutputTopic(
                        TOPICS.decisions(),
                        new StringDeserializer(),
                        SERDES.serde(Decision.class).deserializer())
                .readKeyValuesToList();
    }

    /** What a gateway would find about an account. */
    Optional<Decision> decision(String account) {
        return new LiveDecisions(
                        driver.getKeyValueStore(LiveDecisions.STORE),
                        SERDES.serde(Decision.class).deserializer())
                .of(account);
    }

    /** Says that an account belongs to a campaign, as the campaigns' own task would. */
    void member(String campaign, String account, double confidence, long timeMs) {
        memberTopic()
                .pipeInput(
                        campaign + "/" + account,
                        CampaignMember.newBuilder()
                                .setCampaignId(campaign)
                                .setAccountId(account)
                                .setTime(timeMs)
                                .setJoinedAt(timeMs)
                                .setConfidence(confidence)
                                .setReason("a test")
                                .setRequests(1)
                                .setOutputTokens(1)
                                .build());
    }

    void leave(String campaign, String account) {
        memberTopic().pipeInput(campaign + "/" + account, null);
    }

    /** What was told of accounts and of time since the last time this was asked, for campaigns to be found by. */
    List<AccountLinks> links() {
        return values(TOPICS.links(), AccountLinks.class);
    }

    /** The ids of what was told of accounts and of time since the last time this was asked. */
    List<String> linkIds() {
        return driver
                .createOutputTopic(TOPICS.links(), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .stream()
                .map(told -> new String(told.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .toList();
    }

    /** Tells of accounts, or of time, as the tasks of the requests' partitions would. */
    void tell(AccountLinks links) {
        driver.createInputTopic(
                        TOPICS.links(),
                        new StringSerializer(),
                        SERDES.serde(AccountLinks.class).serializer())
                .pipeInput(links.getAccountId() == null ? "" : links.getAccountId(), links);
    }

    /** Every record of the campaigns topic not read yet; no value where an account left. */
    List<KeyValue<String, CampaignMember>> members() {
        return driver.createOutputTopic(
                        TOPICS.campaigns(),
                        new StringDeserializer(),
                        SERDES.serde(CampaignMember.class).deserializer())
                .readKeyValuesToList();
    }

    private TestInputTopic<String, CampaignMember> memberTopic() {
        return driver.createInputTopic(
                TOPICS.campaigns(),
                new StringSerializer(),
                SERDES.serde(CampaignMember.class).serializer());
    }

    /** An alert of a campaign, as the campaigns' own task would publish it. */
    void alertOfCampaign(String campaign, long timeMs) {
        Finding finding = Finding.newBuilder()
                .setSignatureId("sharded")
                .setSignatureVersion(1)
                .setTitle("A test")
                .setSeverity("high")
                .setScore(0.9)
                .setWindow("PT24H")
                .setWindowStart(timeMs)
                .setWindowEnd(timeMs)
                .setRequests(1)
                .setOutputTokens(1)
                .setEvidence(List.of())
                .build();
        Alert alert = new AlertLifecycle(Duration.ofDays(1), "")
                .advance(
                        AlertMemory.NONE,
                        new Observation(
                                "campaign", campaign, timeMs, List.of(finding), timeMs, 1, 1, List.of(), 2, List.of()))
                .alert()
                .orElseThrow();
        driver.createInputTopic(
                        TOPICS.alerts(),
                        new StringSerializer(),
                        SERDES.serde(Alert.class).serializer())
                .pipeInput(campaign, alert, timeMs);
    }

    int deadLetters() {
        return driver.createOutputTopic(TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .size();
    }

    AccountStore accounts() {
        return (AccountStore) driver.getStateStore(StoreNames.ACCOUNTS);
    }

    private <T extends SpecificRecord> List<T> values(String topic, Class<T> type) {
        return driver.createOutputTopic(
                        topic, new StringDeserializer(), SERDES.serde(type).deserializer())
                .readValuesToList();
    }

    /** Checks that what is kept of all accounts agrees: index, shelves, timers and weights. */
    private void checkAccounts() {
        AccountStore store = accounts();
        store.writeBack();
        PaneStore panes = (PaneStore) driver.getStateStore(StoreNames.PANES);
        long hour = store.clock().vouched() ? EventTime.hourOf(store.clock().nowMs()) : Long.MIN_VALUE / 2;
        Map<String, Long> timers = new TreeMap<>();
        for (String account : store.accountsAfter("", Integer.MAX_VALUE)) {
            AccountEntry entry = store.peek(account).orElseThrow();
            AccountInvariants.check(entry, panes, hour - 48, EventTime.dayOf(hour) - 31);
            if (entry.state.timerMinute != AccountState.NO_TIMER) {
                timers.put(account, entry.state.timerMinute);
            }
        }
        assertThat(store.due(Long.MAX_VALUE / 2, Integer.MAX_VALUE))
                .as("each timer is that of its account")
                .containsExactlyInAnyOrderElementsOf(timers.keySet());
        for (AccountEntry entry : store.cache().entries()) {
            assertThat(store.due(entry.state.timerMinute - 1, Integer.MAX_VALUE))
                    .doesNotContain(entry.account);
        }
        assertThat(store.cache().weight())
                .as("what the cache weighs is what its entries weigh")
                .isEqualTo(store.cache().entries().stream()
                        .mapToLong(AccountEntry::approximateBytes)
                        .sum());
    }

    @Override
    public void close() {
        try {
            checkAccounts();
        } finally {
            shutDown();
        }
    }

    private void shutDown() {
        driver.close();
        try (Stream<Path> files = Files.walk(state)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
