package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.replay.Feeder;
import io.stillwatch.runtime.LogFormat;
import io.stillwatch.runtime.LogLevels;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.schema.RequestEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A prompt and a password that are looked for everywhere after a run, with the program at its most talkative. */
@Tag("broker")
@Tag("slow")
@Timeout(240)
class CanaryLiveTest {
    /** Nothing in it that a scanner takes out, and long enough to be in no file by chance. */
    private static final String PROMPT = "kanarienvogel7f3a9c51";

    private static final String PASSWORD = "geheim4b1d8e62f0";
    private static final Set<String> WITH_TEXT = Set.of("stillwatch.requests");

    @TempDir
    private Path directory;

    private static boolean holds(byte[] bytes, String canary) {
        return bytes != null && new String(bytes, StandardCharsets.ISO_8859_1).contains(canary);
    }

    @Test
    void noPromptAndNoPasswordIsAnywhereButOnTheRequestsTopic() throws Exception {
        Path data = directory.resolve("data");
        PrintStream before = System.err;
        ByteArrayOutputStream logged = new ByteArrayOutputStream();
        String said;
        String metrics;
        Set<String> topicsWithPrompt;
        Set<String> topicsWithPassword;
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
        LogLevels.set(Verbosity.VERBOSE, LogFormat.JSON);
        try (StubModel receiver = new StubModel();
                WatchedPipeline pipeline = new WatchedPipeline(
                        data,
                        receiver.port(),
                        Map.of(
                                "sasl.mechanism",
                                "PLAIN",
                                "sasl.jaas.config",
                                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\""
                                        + " password=\"" + PASSWORD + "\";"))) {
            Feeder feeder = pipeline.feeder();
            long nowMs = System.currentTimeMillis();
            for (int number = 0; number < 300; number++) {
                feeder.send(RequestEvent.newBuilder()
                        .setEventId("e-" + number)
                        .setEventTime(nowMs + number)
                        .setAccountId("harvester")
                        .setModel("m-1")
                        .setPrompt("Think step by step and explain " + PROMPT + " number " + number * 7919L)
                        .setMaxTokens(4_096)
                        .setOutputTokens(1_500L)
                        .build());
            }
            feeder.flush();
            while (pipeline.session().waiting() > 0) {
                Thread.sleep(100);
            }
            Thread.sleep(6_000);
            metrics = pipeline.metrics();
            Map<String, List<byte[]>> topics = topics(pipeline);
            topicsWithPrompt = holding(topics, PROMPT);
            topicsWithPassword = holding(topics, PASSWORD);
            assertThat(topics.keySet())
                    .contains("stillwatch.alerts", "stillwatch-accounts-changelog", "stillwatch.fingerprints");
            said = pipeline.said();
        } finally {
            LogLevels.set(Verbosity.NORMAL, LogFormat.TEXT);
            System.setErr(before);
        }
        String logs = logged.toString(StandardCharsets.UTF_8) + said;

        assertThat(topicsWithPrompt).as("the test sees what is there").isEqualTo(WITH_TEXT);
        assertThat(topicsWithPassword).isEmpty();
        assertThat(logs)
                .as("the log is at work")
                .contains("\"log.level\":\"INFO\"")
                .contains("stillwatch");
        assertThat(logs).doesNotContain(PROMPT).doesNotContain(PASSWORD);
        assertThat(logs.lines().filter(line -> line.startsWith("{")).limit(5_000))
                .allMatch(line -> line.contains("\"@timestamp\":") && line.contains("\"message\":"));
        assertThat(metrics)
                .contains("stillwatch_requests_total")
                .doesNotContain(PROMPT)
                .doesNotContain(PASSWORD)
                .doesNotContain("harvester");
        assertThat(files(data, PASSWORD)).isEmpty();
        assertThat(files(data, PROMPT)).allMatch(file -> file.startsWith("kafka/stillwatch.requests-"));
    }

    private static Set<String> holding(Map<String, List<byte[]>> topics, String canary) {
        Set<String> holding = new TreeSet<>();
        topics.forEach((topic, parts) -> {
            if (parts.stream().anyMatch(part -> holds(part, canary))) {
                holding.add(topic);
            }
        });
        return holding;
    }

    /** Keys, values and headers of all records of all topics, the internal ones too. */
    private static Map<String, List<byte[]>> topics(WatchedPipeline pipeline) throws Exception {
        Map<String, Object> properties =
                new HashMap<>(pipeline.session().cluster().clientProperties());
        properties.put("max.poll.records", 5_000);
        Map<String, List<byte[]>> topics = new HashMap<>();
        try (Admin admin = Admin.create(pipeline.session().cluster().adminProperties());
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<String> names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            List<TopicPartition> partitions = new ArrayList<>();
            admin.describeTopics(names)
                    .allTopicNames()
                    .get()
                    .values()
                    .forEach(topic -> topic.partitions()
                            .forEach(partition ->
                                    partitions.add(new TopicPartition(topic.name(), partition.partition()))));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (int empty = 0; empty < 4; ) {
                var records = consumer.poll(Duration.ofMillis(500));
                empty = records.isEmpty() ? empty + 1 : 0;
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    List<byte[]> parts = topics.computeIfAbsent(record.topic(), unused -> new ArrayList<>());
                    parts.add(record.key());
                    parts.add(record.value());
                    for (Header header : record.headers()) {
                        parts.add(header.value());
                    }
                }
            }
        }
        return topics;
    }

    private static List<String> files(Path data, String canary) throws IOException {
        List<String> holding = new ArrayList<>();
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // Compressed blocks have what comes for the first time as it is.
                if (holds(Files.readAllBytes(file), canary)) {
                    holding.add(data.relativize(file).toString());
                }
            }
        }
        return holding;
    }
}
