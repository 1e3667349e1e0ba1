package io.stillwatch.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private Health.State state = Health.State.of(false, "starting");
    private ManagementServer server;

    @BeforeEach
    void start() throws IOException {
        server = ManagementServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                () -> state,
                () -> "stillwatch_ready 1.0\n",
                Map.of("version", "1.2"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String method, String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void itIsAliveAndNotReadyWhileItStarts() throws Exception {
        assertThat(ask("GET", "/health/live").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/health/ready").statusCode()).isEqualTo(503);
        assertThat(ask("GET", "/health/ready").body()).isEqualTo("{\"ok\":false,\"status\":\"starting\"}\n");
    }

    @Test
    void howFarARestorationIsIsTold() throws Exception {
        state = new Health.State(true, false, "restoring", Optional.empty(), 2, 250, 1_000);

        HttpResponse<String> answer = ask("GET", "/health/ready");

        assertThat(answer.statusCode()).isEqualTo(503);
        JsonNode restoring = new ObjectMapper().readTree(answer.body()).get("restoring");
        assertThat(restoring.get("stores").intValue()).isEqualTo(2);
        assertThat(restoring.get("share").doubleValue()).isEqualTo(0.25);
    }

    @Test
    void readyIs200AndAFailureIs503OnBothWithItsReason() throws Exception {
        state = Health.State.of(true, "running");
        assertThat(ask("GET", "/health/ready").statusCode()).isEqualTo(200);

        state = new Health.State(false, false, "failed", Optional.of("The \"disk\" is full."), 0, 0, 0);
        assertThat(ask("GET", "/health/live").statusCode()).isEqualTo(503);
        assertThat(new ObjectMapper()
                        .readTree(ask("GET", "/health/ready").body())
                        .get("reason")
                        .textValue())
                .isEqualTo("The \"disk\" is full.");
    }

    @Test
    void theContainersHealthCheckSaysTheSame() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is no bash");
        assertThat(checkHealth()).isEqualTo(1);

        state = Health.State.of(true, "running");
        assertThat(checkHealth()).isZero();

        server.close();
        assertThat(checkHealth()).isEqualTo(1);
    }

    private int checkHealth() throws Exception {
        ProcessBuilder check = new ProcessBuilder("/bin/bash", "../docker/healthcheck");
        check.environment().put("STILLWATCH_MANAGEMENT_PORT", "127.0.0.1:" + server.port());
        return check.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    @Test
    void metricsComeInPrometheusTextFormat() throws Exception {
        HttpResponse<String> answer = ask("GET", "/metrics");

        assertThat(answer.body()).isEqualTo("stillwatch_ready 1.0\n");
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    }

    @Test
    void nothingElseIsThereAndNothingCanBeChanged() throws Exception {
        assertThat(ask("GET", "/info").body()).isEqualTo("{\"version\":\"1.2\"}\n");
        assertThat(ask("GET", "/").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/health").statusCode()).isEqualTo(404);
        assertThat(ask("POST", "/metrics").statusCode()).isEqualTo(405);
        assertThat(ask("GET", "/<script>".replace("<", "%3C").replace(">", "%3E"))
                        .body())
                .doesNotContain("script");
    }
}
