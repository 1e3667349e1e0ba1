package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stillwatch.replay.Feeder;
import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /health/ready} and the container's health check say while a pipeline comes up without its local state. */
@Tag("broker")
@Tag("slow")
@Timeout(240)
class ReadinessLiveTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Set<String> seen = Collections.synchronizedSet(new LinkedHashSet<>());
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
    private void watch(int port) {
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
    }

    private static int checkHealth(int port) throws IOException, InterruptedException {
        ProcessBuilder check = new ProcessBuilder("/bin/bash", "../docker/healthcheck");
        check.environment().put("STILLWATCH_MANAGEMENT_PORT", Integer.toString(port));
        return check.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void itIs503WhileStateIsRestoredAndThePartitionsAreSharedOutAnd200After() throws Exception {
        Path data = directory.resolve("data");
        try (StubModel receiver = new StubModel()) {
            try (WatchedPipeline pipeline = new WatchedPipeline(data, receiver.port(), Map.of())) {
                Feeder feeder = pipeline.feeder();
                for (int number = 0; number < 20_000; number++) {
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
            try (Stream<Path> files = Files.walk(data.resolve("streams"))) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }

            try (WatchedPipeline pipeline = new WatchedPipeline(data, receiver.port(), Map.of(), this::watch)) {
                assertThat(ready(pipeline.managementPort()).statusCode()).isEqualTo(200);
                assertThat(checkHealth(pipeline.managementPort())).isZero();
                over.set(true);
            }
        }

        assertThat(seen).contains("503 starting").contains("503 restoring with progress");
        assertThat(seen)
                .allMatch(answer ->
                        answer.startsWith("503 ") || answer.startsWith("200 running") || answer.equals("gone"));
    }
}
