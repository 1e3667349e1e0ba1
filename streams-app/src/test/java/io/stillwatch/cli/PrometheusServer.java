package io.stillwatch.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real Prometheus with the configuration that ships, once a second instead of every fifteen. */
final class PrometheusServer implements AutoCloseable {
    private static final Path SHIPPED = Path.of("../docker/prometheus");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private PrometheusServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Where a program is; empty where it is not installed. */
    static Optional<Path> program(String name) {
        return List.of("/usr/bin/", "/usr/local/bin/").stream()
                .map(directory -> Path.of(directory + name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static PrometheusServer start(Path directory, int managementPort) throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Files.copy(SHIPPED.resolve("stillwatch-alerts.yml"), directory.resolve("stillwatch-alerts.yml"));
        Path configuration = Files.writeString(
                directory.resolve("prometheus.yml"),
                Files.readString(SHIPPED.resolve("prometheus.yml"))
                        .replace("15s", "1s")
                        .replace("127.0.0.1:9464", "127.0.0.1:" + managementPort));
        Process process = new ProcessBuilder(
                        program("prometheus").orElseThrow().toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        return new PrometheusServer(process, port);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(answer.body());
    }

    /** The series that a query gives now; empty also while the server starts. */
    JsonNode query(String expression) throws InterruptedException {
        try {
            return get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                    .at("/data/result");
        } catch (IOException e) {
            return new ObjectMapper().createArrayNode();
        }
    }

    /** A query's series over time. */
    JsonNode range(String expression, long fromSeconds, long toSeconds) throws IOException, InterruptedException {
        return get("/api/v1/query_range?step=2&start=" + fromSeconds + "&end=" + toSeconds + "&query="
                        + URLEncoder.encode(expression, StandardCharsets.UTF_8))
                .at("/data/result");
    }

    /** The rules as the server has them. */
    JsonNode rules() throws IOException, InterruptedException {
        return get("/api/v1/rules").at("/data/groups");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
