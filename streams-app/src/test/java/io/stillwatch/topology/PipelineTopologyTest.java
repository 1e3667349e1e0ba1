package io.stillwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.ingest.RequestEventJson;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.record.DeadLetterHandler;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineTopologyTest {
    private static final long START_MS = 1_790_000_000_000L / 3_600_000 * 3_600_000;
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 3_600_000;
    private static final Topics TOPICS = Topics.of("t.", 1, Topics.RequestsKept.ALL);
    private static final SerdeFactory SERDES = new SerdeFactory(WireFormat.singleObject());
    private static final SignatureSet SIGNATURES = SignatureSet.of(List.of(SignatureReader.read("test.yaml", """
            id: twenty-new-prompts
            version: 1
            title: Twenty new prompts
            severity: high
            window: PT24H
            minimum: 20
            condition: prompt_novelty >= 0.9
            score: prompt_novelty
            evidence: [prompt_novelty, requests]
            """)));

    @TempDir
    private Path state;

    private TopologyTestDriver driver;
    private TestInputTopic<String, RequestEvent> requests;

    @BeforeEach
    void start() {
        driver = driver(PipelineTopology.Start.REQUESTS);
        requests = driver.createInputTopic(
                TOPICS.requests(),
                new StringSerializer(),
                SERDES.serde(RequestEvent.class).serializer());
    }

    private TopologyTestDriver driver(PipelineTopology.Start from) {
        Properties properties = new Properties();
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, state.resolve(from.name()).toString());
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, TOPICS.deadLetters());
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetterHandler.class);
        return new TopologyTestDriver(
                PipelineTopology.build(from, PipelineOptions.defaults(1, "test"), TOPICS, SIGNATURES, SERDES),
                properties);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void newPromptsOpenOneAlertThatSaysWhy() {
        send("a", 25, START_MS, MINUTE_MS);

        assertThat(alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.OPENED);
            assertThat(alert.getEntityId()).isEqualTo("a");
            assertThat(alert.getRequests()).isBetween(20L, 25L);
            assertThat(alert.getFindings().get(0).getEvidence()).isNotEmpty();
            assertThat(alert.getExampleEventIds()).hasSize(3);
        });
        assertThat(values(TOPICS.alertsOcsf())).singleElement().asString().contains("\"class_uid\":2004");
        assertThat(values(TOPICS.fingerprints())).hasSize(25);
        assertThat(values(TOPICS.deadLetters())).isEmpty();
    }

    @Test
    void noTextPassesTheFingerprint() {
        requests.pipeInput("a", event("a", 1, START_MS, "the secret word is xylophone"));
        send("b", 30, START_MS + MINUTE_MS, MINUTE_MS);
        send("b", 1, START_MS + 30 * HOUR_MS, MINUTE_MS);

        for (String topic : List.of(TOPICS.fingerprints(), TOPICS.profiles(), TOPICS.alerts(), TOPICS.alertsOcsf())) {
            for (String value : values(topic)) {
                assertThat(value).doesNotContain("xylophone").doesNotContain("never asked");
            }
        }
    }

    @Test
    void anAccountBelowTheMinimumIsLeftAlone() {
        send("a", 15, START_MS, MINUTE_MS);

        assertThat(alerts()).isEmpty();
    }

    @Test
    void theSameEventAgainCountsOnce() {
        RequestEvent event = event("a", 1, START_MS, "a prompt");
        for (int repeat = 0; repeat < 30; repeat++) {
            requests.pipeInput("a", event);
        }

        assertThat(alerts()).isEmpty();
    }

    @Test
    void anAccountIsEvaluatedWhenItsPaneClosesAndItsProfileIsPublished() {
        send("a", 18, START_MS, MINUTE_MS);
        send("b", 1, START_MS + 3 * HOUR_MS, MINUTE_MS);
        send("c", 1, START_MS + 3 * HOUR_MS, MINUTE_MS);

        assertThat(driver.createOutputTopic(TOPICS.profiles(), new StringDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList())
                .extracting(TestRecord::key)
                .containsExactly("a");
    }

    @Test
    void anAlertClosesWhenOthersTimePassesAndTheAccountIsQuiet() {
        send("a", 25, START_MS, MINUTE_MS);
        for (int hour = 1; hour <= 30; hour++) {
            send("b", 1, START_MS + hour * HOUR_MS, MINUTE_MS);
            send("c", 1, START_MS + hour * HOUR_MS, MINUTE_MS);
        }

        assertThat(alerts())
                .filteredOn(alert -> alert.getEntityId().equals("a"))
                .extracting(Alert::getState)
                .containsExactly(AlertState.OPENED, AlertState.CLOSED);
    }

    @Test
    void oneAccountWithAClockInTheFutureClosesNobodysPane() {
        send("a", 10, START_MS, MINUTE_MS);
        send("liar", 5, START_MS + 1_000 * HOUR_MS, MINUTE_MS);
        send("a", 20, START_MS + 10 * MINUTE_MS, MINUTE_MS);

        assertThat(values(TOPICS.deadLetters())).isEmpty();
        assertThat(alerts()).extracting(Alert::getEntityId).containsExactly("a");
    }

    @Test
    void anAccountCannotMakeItsOwnLaterEventsLateByOneStampInTheFuture() {
        send("b", 1, START_MS, MINUTE_MS);
        send("a", 1, START_MS + 1_000 * HOUR_MS, MINUTE_MS);
        for (int at = 2; at < 40; at++) {
            requests.pipeInput("a", event("a", at, START_MS + at * MINUTE_MS, "never asked " + at * 7919));
        }

        assertThat(values(TOPICS.deadLetters())).isEmpty();
        assertThat(alerts()).extracting(Alert::getEntityId).containsExactly("a");
    }

    @Test
    void anEventWithinTheGraceCountsInItsOwnPane() {
        send("a", 10, START_MS + HOUR_MS, MINUTE_MS);
        for (int at = 10; at < 25; at++) {
            requests.pipeInput("a", event("a", at, START_MS + 50 * MINUTE_MS, "never asked " + at * 7919));
        }

        assertThat(values(TOPICS.deadLetters())).isEmpty();
        assertThat(alerts()).hasSize(1);
    }

    @Test
    void anEventBeyondTheGraceGoesToTheDeadLettersWithItsBytesAndItsCause() {
        send("a", 10, START_MS + 5 * HOUR_MS, MINUTE_MS);
        RequestEvent late = event("a", 99, START_MS, "a late prompt");
        requests.pipeInput("a", late);

        assertThat(driver.createOutputTopic(
                                TOPICS.deadLetters(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList())
                .singleElement()
                .satisfies(dead -> {
                    assertThat(dead.value())
                            .isEqualTo(SERDES.serde(RequestEvent.class)
                                    .serializer()
                                    .serialize("", late));
                    assertThat(new String(
                                    dead.headers()
                                            .lastHeader(DeadLetterHandler.MESSAGE)
                                            .value(),
                                    StandardCharsets.UTF_8))
                            .startsWith("The event of ")
                            .contains("is late");
                });
    }

    @Test
    void whatCannotBeReadGoesToTheDeadLettersAndProcessingGoesOn() {
        TestInputTopic<byte[], byte[]> raw =
                driver.createInputTopic(TOPICS.requests(), new ByteArraySerializer(), new ByteArraySerializer());
        raw.pipeInput(key("a"), "not avro".getBytes(StandardCharsets.UTF_8));
        raw.pipeInput(key("a"), "{\"account_id\":\"a\"}".getBytes(StandardCharsets.UTF_8));
        raw.pipeInput(key("a"), new byte[0]);
        send("a", 25, START_MS, MINUTE_MS);

        assertThat(values(TOPICS.deadLetters())).hasSize(3);
        assertThat(alerts()).hasSize(1);
    }

    @Test
    void nativeJsonIsReadFromTheTopicAsWell() {
        TestInputTopic<byte[], byte[]> raw =
                driver.createInputTopic(TOPICS.requests(), new ByteArraySerializer(), new ByteArraySerializer());
        for (int at = 0; at < 25; at++) {
            raw.pipeInput(
                    key("a"),
                    RequestEventJson.write(event("a", at, START_MS + at * MINUTE_MS, "never asked " + at * 7919))
                            .getBytes(StandardCharsets.UTF_8));
        }

        assertThat(alerts()).hasSize(1);
    }

    @Test
    void aRecordWithoutItsAccountAsKeyIsSentBackToTheTopicWithIt() {
        requests.pipeInput("somebody else", event("a", 1, START_MS, "a prompt"));

        assertThat(driver.createOutputTopic(TOPICS.requests(), new StringDeserializer(), new ByteArrayDeserializer())
                        .readRecordsToList())
                .extracting(TestRecord::key)
                .containsExactly("a");
        assertThat(values(TOPICS.fingerprints())).hasSize(1);
    }

    @Test
    void fingerprintsAloneGiveTheSameAlerts() {
        send("a", 40, START_MS, MINUTE_MS);
        send("b", 40, START_MS + HOUR_MS, MINUTE_MS / 2);
        List<RequestFingerprint> kept = driver.createOutputTopic(
                        TOPICS.fingerprints(),
                        new StringDeserializer(),
                        SERDES.serde(RequestFingerprint.class).deserializer())
                .readValuesToList();
        List<Alert> live = alerts();

        try (TopologyTestDriver again = driver(PipelineTopology.Start.FINGERPRINTS)) {
            TestInputTopic<String, RequestFingerprint> fingerprints = again.createInputTopic(
                    TOPICS.fingerprints(),
                    new StringSerializer(),
                    SERDES.serde(RequestFingerprint.class).serializer());
            kept.forEach(fingerprint -> fingerprints.pipeInput(fingerprint.getAccountId(), fingerprint));
            List<Alert> replayed = again.createOutputTopic(
                            TOPICS.alerts(),
                            new StringDeserializer(),
                            SERDES.serde(Alert.class).deserializer())
                    .readValuesToList();

            assertThat(replayed).isEqualTo(live).hasSize(2);
        }
    }

    @Test
    void anyInterleavingOfAccountsGivesTheSameAlerts() {
        List<RequestEvent> events = new ArrayList<>();
        for (String account : List.of("a", "b", "c")) {
            for (int at = 0; at < 40; at++) {
                events.add(event(account, at, START_MS + at * MINUTE_MS, "never asked " + account + at * 7919));
            }
        }
        events.forEach(event -> requests.pipeInput(event.getAccountId(), event));
        List<Alert> inTurn = sorted(alerts());
        driver.close();
        state = state.resolve("again");
        start();
        events.sort(Comparator.comparingLong(RequestEvent::getEventTime));
        events.forEach(event -> requests.pipeInput(event.getAccountId(), event));

        assertThat(sorted(alerts())).isEqualTo(inTurn).hasSize(3);
    }

    private static List<Alert> sorted(List<Alert> alerts) {
        return alerts.stream().sorted(Comparator.comparing(Alert::getEntityId)).toList();
    }

    private void send(String account, int count, long fromMs, long everyMs) {
        for (int at = 0; at < count; at++) {
            int number = (int) (fromMs / 1_000) + at;
            requests.pipeInput(account, event(account, number, fromMs + at * everyMs, "never asked " + number * 7919L));
        }
    }

    private static RequestEvent event(String account, int number, long timeMs, String prompt) {
        return RequestEvent.newBuilder()
                .setEventId(account + "-" + number)
                .setEventTime(timeMs)
                .setAccountId(account)
                .setPrompt(prompt)
                .setOutputTokens(100L)
                .build();
    }

    private static byte[] key(String account) {
        return account.getBytes(StandardCharsets.UTF_8);
    }

    private List<Alert> alerts() {
        return driver.createOutputTopic(
                        TOPICS.alerts(),
                        new StringDeserializer(),
                        SERDES.serde(Alert.class).deserializer())
                .readValuesToList();
    }

    private List<String> values(String topic) {
        return driver
                .createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readValuesToList()
                .stream()
                .map(value -> new String(value, StandardCharsets.ISO_8859_1))
                .toList();
    }
}
