package io.stillwatch.topology.reset;

import io.stillwatch.account.AccountEntry;
import io.stillwatch.account.AccountState;
import io.stillwatch.account.EventTime;
import io.stillwatch.alert.AlertMemory;
import io.stillwatch.alert.PublishedAlerts;
import io.stillwatch.profile.EntityType;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.EvaluationListener;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.PipelineTopology;
import io.stillwatch.topology.record.DeadLetterHandler;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * Makes the state of the accounts anew, for any number of partitions, from the topics that keep what it was made of.
 *
 * <p>The fingerprints of a partition's accounts go through the pipeline's own topology, as a replay of them would, and what
 * that publishes is thrown away. What has been published already is not for a replay to decide, though: each account's
 * alert is what its newest step on the topic {@code alerts} says, so it goes on with its next step; the same with an account
 * whose fingerprints are no longer kept. Orders of analysts on the topic {@code triage} count as taken.
 *
 * <p>Not made again: panes and totals of requests whose fingerprints are no longer kept; how often records were lost before;
 * where signatures, the baseline or the allowlist have changed meanwhile, what they would have said at the time.
 */
final class StateRebuild {
    private static final int DRAIN_EVERY = 1_024;

    private final PipelineOptions options;
    private final SignatureSet signatures;
    private final SerdeFactory serdes;
    private final Topics topics;
    private final KeptRecords kept;
    private final PublishedAlerts published = new PublishedAlerts();
    private long lastOrder = -1;

    /** Takes the records of a partition's state. */
    interface Taker {
        /** Takes a record of the account store. */
        void account(Bytes key, byte @Nullable [] value);

        /** Takes a record of the pane store. */
        void pane(Bytes key, byte @Nullable [] value);
    }

    /** @param options with the partitions that the state is to have */
    StateRebuild(
            PipelineOptions options, SignatureSet signatures, SerdeFactory serdes, Topics topics, KeptRecords kept) {
        this.options = options;
        this.signatures = signatures;
        this.serdes = serdes;
        this.topics = topics;
        this.kept = kept;
    }

    /** Reads what has been published and ordered. */
    void readAlerts() {
        Deserializer<Alert> alerts = serdes.serde(Alert.class).deserializer();
        kept.read(topics.alerts(), record -> published.take(alerts.deserialize(record.topic(), record.value())));
        Deserializer<TriageRecord> orders = serdes.serde(TriageRecord.class).deserializer();
        kept.read(topics.triage(), record -> {
            lastOrder = Math.max(lastOrder, record.offset());
            readable(orders, record)
                    .ifPresent(order -> published.ordered(
                            order.getEntityId() == null ? text(record.key()) : order.getEntityId(), order.getId()));
        });
    }

    private static <T> Optional<T> readable(Deserializer<T> deserializer, ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.ofNullable(deserializer.deserialize(record.topic(), record.value()));
        } catch (SerializationException unreadable) {
            return Optional.empty();
        }
    }

    private static String text(byte[] key) {
        return key == null ? "" : new String(key, StandardCharsets.UTF_8);
    }

    /**
     * Makes one partition's state.
     *
     * @return fingerprints that went into it
     */
    long partition(int partition, Taker taker) {
        Path directory = temporaryDirectory();
        try (TopologyTestDriver driver = new TopologyTestDriver(topology(), properties(directory))) {
            define(driver, topics.signatures());
            define(driver, topics.baseline());
            define(driver, topics.enrolments());
            define(driver, topics.allowlist());
            driver.advanceWallClockTime(Duration.ofSeconds(1));
            long count = replay(driver, partition);
            AccountStore accounts = (AccountStore) driver.getStateStore(StoreNames.ACCOUNTS);
            PaneStore panes = (PaneStore) driver.getStateStore(StoreNames.PANES);
            takeUp(accounts, partition);
            accounts.setOrdersTaken(lastOrder);
            accounts.writeBack();
            panes.forEach(taker::pane);
            accounts.forEach(taker::account);
            return count;
        } finally {
            delete(directory);
        }
    }

    private Topology topology() {
        return PipelineTopology.build(
                PipelineTopology.Start.FINGERPRINTS,
                options.withCampaigns(true),
                topics,
                signatures,
                serdes,
                Durability.FOR_THE_RUN,
                EvaluationListener.NONE);
    }

    private Properties properties(Path directory) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, topics.deadLetters());
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.putAll(RocksDbMemory.streamsProperties(options.rocksDbBytes()));
        return properties;
    }

    private void define(TopologyTestDriver driver, String topic) {
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
        kept.read(topic, record -> input.pipeInput(record.key(), record.value()));
    }

    private long replay(TopologyTestDriver driver, int partition) {
        TestInputTopic<String, RequestFingerprint> input = driver.createInputTopic(
                topics.fingerprints(),
                new StringSerializer(),
                serdes.serde(RequestFingerprint.class).serializer());
        List<TestOutputTopic<byte[], byte[]>> outputs = topics.all().stream()
                .map(spec ->
                        driver.createOutputTopic(spec.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer()))
                .toList();
        Deserializer<RequestFingerprint> fingerprints =
                serdes.serde(RequestFingerprint.class).deserializer();
        long[] count = new long[1];
        kept.readByTime(topics.fingerprints(), record -> {
            if (Topics.partitionOf(record.key(), options.partitions()) != partition) {
                return;
            }
            RequestFingerprint fingerprint = fingerprints.deserialize(record.topic(), record.value());
            TestRecord<String, RequestFingerprint> again =
                    new TestRecord<>(fingerprint.getAccountId(), fingerprint, record.headers(), record.timestamp());
            input.pipeInput(again);
            if (++count[0] % DRAIN_EVERY == 0) {
                outputs.forEach(TestOutputTopic::readRecordsToList);
            }
        });
        return count[0];
    }

    /** What was published of alerts takes the place of what the replay came to. */
    private void takeUp(AccountStore accounts, int partition) {
        accounts.flushCache();
        accounts.writeBack();
        Map<String, AlertMemory> before = new HashMap<>();
        String after = "";
        while (true) {
            List<String> names = accounts.accountsAfter(after, DRAIN_EVERY);
            for (String name : names) {
                AlertMemory memory = accounts.peek(name).orElseThrow().state.alerts;
                if (!memory.isEmpty()) {
                    before.put(name, memory);
                }
            }
            if (names.size() < DRAIN_EVERY) {
                break;
            }
            after = names.get(names.size() - 1);
        }
        for (String account : before.keySet()) {
            if (published.newest(EntityType.ACCOUNT, account).isEmpty()) {
                set(accounts, account, AlertMemory.NONE);
            }
        }
        published.forEach(EntityType.ACCOUNT, (account, alert) -> {
            if (Topics.partitionOf(account, options.partitions()) == partition) {
                set(accounts, account, published.memory(alert, before.getOrDefault(account, AlertMemory.NONE)));
            }
        });
    }

    private static void set(AccountStore accounts, String account, AlertMemory memory) {
        AccountEntry entry = accounts.open(account);
        entry.state.alerts = memory;
        long nowMs = entry.state.clockMs;
        if (entry.state.requests == 0 && memory.newest().isPresent()) {
            Alert newest = memory.newest().get();
            nowMs = newest.getTime();
            entry.state.clockMs = nowMs;
            entry.state.arrivedMs = nowMs;
            entry.state.currentHour = EventTime.hourOf(nowMs);
            entry.state.firstEventMs = newest.getFirstEventTime();
            entry.state.requests = newest.getRequests();
            entry.state.outputTokens = newest.getOutputTokens();
        }
        if (entry.state.timerMinute != AccountState.NO_TIMER) {
            accounts.clearTimer(entry.state.timerMinute, account);
        }
        // Looked at as soon as time goes on, which finds when it is due next.
        entry.state.timerMinute =
                EventTime.minuteOf(accounts.clock().started() ? accounts.clock().nowMs() : nowMs);
        accounts.setTimer(entry.state.timerMinute, account);
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("stillwatch-rebuild");
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory can be made.", e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The temporary directory " + directory + " cannot be deleted.", e);
        }
    }
}
