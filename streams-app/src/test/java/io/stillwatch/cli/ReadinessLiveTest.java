package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stillwatch.broker.BrokerOptions;
import io.stillwatch.broker.EmbeddedBroker;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.replay.Feeder;
import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code /health/ready} and the container's health check say while a pipeline comes up without its local state, and
 * while instances come and go.
 */
@Tag("broker")
@Tag("slow")
@Timeout(420)
class ReadinessLiveTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicBoolean over = new AtomicBoolean();

    @TempDir
    private Path directory;

    private HttpResponse<String> ready(int port) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Notes every answer that is another one. */
    private Set<String> watch(int port) {
        Set<String> seen = Collections.synchronizedSet(new LinkedHashSet<>());
        Thread thread = new Thread(() -> {
            try {
                while (!over.get()) {
                    HttpResponse<String> answer = ready(port);
                    JsonNode json = new ObjectMapper().readTree(answer.body());
                    seen.add(answer.statusCode() + " " + json.get("status").textValue()
                            + (json.has("restoring") ? " with progress" : ""));
                    Thread.sleep(1);
                }
            } catch (IOException | InterruptedException e) {
                seen.add("gone");
            }
        });
        thread.setDaemon(true);
        thread.start();
        return seen;
    }

    private static void assertReadyOnlyWhileRunning(Set<String> seen) {
        assertThat(seen)
                .allMatch(answer ->
                        answer.startsWith("503 ") || answer.startsWith("200 running") || answer.equals("gone"));
    }

    private static int checkHealth(int port) {
        ProcessBuilder check = new ProcessBuilder("/bin/bash", "../docker/healthcheck");
        check.environment().put("STILLWATCH_MANAGEMENT_PORT", Integer.toString(port));
        try {
            return check.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void feed(WatchedPipeline pipeline, int from, int to) throws InterruptedException {
        Feeder feeder = pipeline.feeder();
        for (int number = from; number < to; number++) {
            feeder.send(RequestEvent.newBuilder()
                    .setEventId("e-" + number)
                    .setEventTime(1_790_000_000_000L + number * 1_000L)
                    .setAccountId("a-" + number % 2_000)
                    .setPrompt("a question about " + number * 7919L)
                    .setOutputTokens(10L)
                    .build());
        }
        feeder.flush();
        while (pipeline.session().waiting() > 0) {
            Thread.sleep(100);
        }
    }

    @Test
    void itIs503WhileStateIsRestoredAndThePartitionsAreSharedOutAnd200After() throws Exception {
        Path data = directory.resolve("data");
        List<Set<String>> seen = new ArrayList<>();
        List<Integer> healthBefore = new ArrayList<>();
        try (StubModel receiver = new StubModel()) {
            try (WatchedPipeline pipeline = new WatchedPipeline(data, receiver.port(), Map.of())) {
                feed(pipeline, 0, 20_000);
            }
            try (Stream<Path> files = Files.walk(data.resolve("streams"))) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }

            try (WatchedPipeline pipeline = new WatchedPipeline(data, receiver.port(), Map.of(), port -> {
                healthBefore.add(checkHealth(port));
                seen.add(watch(port));
            })) {
                assertThat(ready(pipeline.managementPort()).statusCode()).isEqualTo(200);
                assertThat(checkHealth(pipeline.managementPort())).isZero();
                over.set(true);
            }
        }

        assertThat(healthBefore).containsExactly(1);
        assertThat(seen.get(0)).contains("503 starting").contains("503 restoring with progress");
        assertReadyOnlyWhileRunning(seen.get(0));
    }

    @Test
    void itIs503WhileInstancesShareThePartitionsOutAnewAnd200After() throws Exception {
        try (StubModel receiver = new StubModel();
                EmbeddedBroker broker =
                        EmbeddedBroker.start(new BrokerOptions(directory.resolve("broker"), PortChoice.any()));
                WatchedPipeline stays = instance(broker, "stays", receiver, port -> {})) {
            feed(stays, 0, 20_000);
            Set<String> whileJoining = watch(stays.managementPort());
            List<Set<String>> ofTheNewOne = new ArrayList<>();
            Set<String> whileLeaving;
            try (WatchedPipeline leaves = instance(broker, "leaves", receiver, port -> ofTheNewOne.add(watch(port)))) {
                while (!isReady(stays) || !isReady(leaves) || !whileJoining.contains("503 rebalancing")) {
                    Thread.sleep(100);
                }
                feed(stays, 20_000, 24_000);
                whileLeaving = watch(stays.managementPort());
            }
            while (whileLeaving.stream().noneMatch(answer -> answer.startsWith("503 ")) || !isReady(stays)) {
                Thread.sleep(100);
            }
            feed(stays, 24_000, 25_000);
            assertThat(isReady(stays)).isTrue();
            over.set(true);

            assertThat(ofTheNewOne.get(0)).contains("503 starting").contains("503 restoring with progress");
            assertReadyOnlyWhileRunning(ofTheNewOne.get(0));
            assertReadyOnlyWhileRunning(whileJoining);
            assertReadyOnlyWhileRunning(whileLeaving);
        }
    }

    private boolean isReady(WatchedPipeline pipeline) throws IOException, InterruptedException {
        return ready(pipeline.managementPort()).statusCode() == 200;
    }

    private WatchedPipeline instance(EmbeddedBroker broker, String name, StubModel receiver, IntConsumer onTold)
            throws InterruptedException {
        return new WatchedPipeline(
                Optional.of(broker.bootstrapServers()), directory.resolve(name), receiver.port(), Map.of(), onTold);
    }
}
