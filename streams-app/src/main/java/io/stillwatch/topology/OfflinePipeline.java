package io.stillwatch.topology;

import io.stillwatch.account.EndOfLog;
import io.stillwatch.baseline.Reference;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.SourceLosses;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.record.DeadLetterHandler;
import io.stillwatch.topology.record.EndOfInput;
import io.stillwatch.topology.state.Durability;
import io.stillwatch.topology.state.RocksDbMemory;
import io.stillwatch.topology.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The pipeline's own topology on one partition, without a broker: events go in one by one, in the order given, and
 * alerts come out as they would live. For measuring, where a Kafka would only cost time.
 *
 * <p>State lives for the run, in memory and a temporary directory. Not thread-safe.
 */
public final class OfflinePipeline implements AutoCloseable {
    private static final Topics TOPICS = Topics.of("offline.", 1, Topics.RequestsKept.ALL);
    private static final int DRAIN_EVERY = 1_024;
    private static final Duration LEDGER_EVERY = Duration.ofSeconds(1);

    private final Consumer<Alert> alerts;
    private final Path directory;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, RequestEvent> requests;
    private final TestOutputTopic<String, Alert> alertSteps;
    private final TestOutputTopic<String, SourceLosses> losses;
    private final Map<String, SourceLosses> ledger = new TreeMap<>();
    private final TestOutputTopic<byte[], byte[]> deadLetters;
    private final List<TestOutputTopic<byte[], byte[]>> unread;
    private Optional<String> firstCause = Optional.empty();
    private final TestOutputTopic<String, CampaignMember> campaigns;
    private final MemberListener members;
    private final EndOfLog end = new EndOfLog();
    private long sent;

    /**
     * Starts with no state, and compares with the baseline and the kits that ship.
     *
     * @param signatures to run
     * @param listener told of every look at an account
     * @param alerts takes every step of an alert's life, in order
     */
    public OfflinePipeline(SignatureSet signatures, EvaluationListener listener, Consumer<Alert> alerts) {
        this(signatures, Reference.bundled(), listener, alerts);
    }

    /**
     * Starts with no state.
     *
     * @param signatures to run
     * @param reference what accounts are compared with
     * @param listener told of every look at an account
     * @param alerts takes every step of an alert's life, in order
     */
    public OfflinePipeline(
            SignatureSet signatures, Reference reference, EvaluationListener listener, Consumer<Alert> alerts) {
        this(signatures, reference, true, listener, alerts, (campaign, account, member) -> {});
    }

    /**
     * Starts with no state.
     *
     * @param signatures to run
     * @param reference what accounts are compared with
     * @param withCampaigns whether campaigns are looked for
     * @param listener told of every look at an account, the timekeepers' excepted
     * @param alerts takes every step of an alert's life, in order
     * @param members told of who joins campaigns and who leaves them
     */
    public OfflinePipeline(
            SignatureSet signatures,
            Reference reference,
            boolean withCampaigns,
            EvaluationListener listener,
            Consumer<Alert> alerts,
            MemberListener members) {
        this(
                signatures,
                PipelineOptions.defaults(1, "offline").withReference(reference).withCampaigns(withCampaigns),
                listener,
                alerts,
                members);
    }

    /**
     * Starts with no state.
     *
     * @param signatures to run
     * @param options of one partition
     * @param listener told of every look at an account, the timekeepers' excepted
     * @param alerts takes every step of an alert's life, in order
     * @param members told of who joins campaigns and who leaves them
     */
    public OfflinePipeline(
            SignatureSet signatures,
            PipelineOptions options,
            EvaluationListener listener,
            Consumer<Alert> alerts,
            MemberListener members) {
        this.alerts = alerts;
        this.members = members;
        SerdeFactory serdes = new SerdeFactory(WireFormat.singleObject());
        directory = temporaryDirectory();
        Properties properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
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
                        serdes,
                        Durability.FOR_THE_RUN,
                        listener),
                properties,
                Instant.EPOCH);
        requests = driver.createInputTopic(
                TOPICS.requests(),
                new StringSerializer(),
                serdes.serde(RequestEvent.class).serializer());
        alertSteps = driver.createOutputTopic(
                TOPICS.alerts(),
                new StringDeserializer(),
                serdes.serde(Alert.class).deserializer());
        campaigns = driver.createOutputTopic(
                TOPICS.campaigns(),
                new StringDeserializer(),
                serdes.serde(CampaignMember.class).deserializer());
        losses = driver.createOutputTopic(
                TOPICS.losses(),
                new StringDeserializer(),
                serdes.serde(SourceLosses.class).deserializer());
        deadLetters = bytes(TOPICS.deadLetters());
        unread = List.of(
                bytes(TOPICS.fingerprints()),
                bytes(TOPICS.profiles()),
                bytes(TOPICS.links()),
                bytes(TOPICS.findings()),
                bytes(TOPICS.alertsOcsf()));
    }

    /** Told of who joins campaigns and who leaves them. */
    @FunctionalInterface
    public interface MemberListener {
        /**
         * Something was said of an account and a campaign.
         *
         * @param member what ties them; empty when the account is no member any more
         */
        void changed(String campaign, String account, Optional<CampaignMember> member);
    }

    private TestOutputTopic<byte[], byte[]> bytes(String topic) {
        return driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("stillwatch-offline");
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory can be made.", e);
        }
    }

    /** Processes one event. */
    public void send(RequestEvent event) {
        end.observe(event.getAccountId(), event.getEventTime());
        requests.pipeInput(event.getAccountId(), event);
        if (++sent % DRAIN_EVERY == 0) {
            drain();
        }
    }

    /** Lets event time come to a moment for all accounts, milliseconds since 1970 UTC, without an event of theirs. */
    public void passTo(long timeMs) {
        RecordHeaders headers = new RecordHeaders();
        new EndOfInput(timeMs, true).mark(headers);
        requests.pipeInput(new TestRecord<>(null, null, headers, timeMs));
    }

    /** Lets time go on until every account's last hour has been looked at, and hands on the alerts of that. */
    public void finish() {
        if (sent > 0) {
            passTo(end.timeMs() + EndOfInput.AFTERWARDS.toMillis());
        }
        settle();
    }

    /** Hands on all alerts so far, and brings the ledger up to date. */
    public void settle() {
        // The ledger is published by the wall clock, which stands still here; nothing is decided by it.
        driver.advanceWallClockTime(LEDGER_EVERY);
        drain();
    }

    /** What became of all events, as the ledger tells; complete when settled. */
    public List<SourceLosses> losses() {
        return List.copyOf(ledger.values());
    }

    /** Events that did not count as they came too late or could not be read; complete when settled. */
    public long setAside() {
        return ledger.values().stream()
                .mapToLong(line -> line.getLate() + line.getUnreadable())
                .sum();
    }

    /** Why the first event that was set aside did not count, in one sentence; complete when settled. */
    public Optional<String> firstCause() {
        return firstCause;
    }

    private void drain() {
        while (!alertSteps.isEmpty()) {
            alerts.accept(alertSteps.readValue());
        }
        for (KeyValue<String, CampaignMember> change : campaigns.readKeyValuesToList()) {
            int separator = change.key.indexOf('/');
            members.changed(
                    change.key.substring(0, separator),
                    change.key.substring(separator + 1),
                    Optional.ofNullable(change.value));
        }
        losses.readKeyValuesToList().forEach(line -> ledger.put(line.key, line.value));
        for (TestRecord<byte[], byte[]> aside : deadLetters.readRecordsToList()) {
            if (firstCause.isEmpty()) {
                firstCause = Optional.ofNullable(aside.headers().lastHeader(DeadLetterHandler.MESSAGE))
                        .map(message -> new String(message.value(), StandardCharsets.UTF_8));
            }
        }
        for (TestOutputTopic<byte[], byte[]> topic : unread) {
            topic.readRecordsToList();
        }
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary directory " + directory + " cannot be deleted.", e);
        }
    }
}
