package io.stillwatch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From an event on a real Kafka to the refusal at a gateway in front of a model API. */
@Tag("broker")
@Tag("slow")
@Timeout(180)
class GatewayLiveTest {
    private static final String POLICY = """
            name: live
            version: 1
            mode: enforce
            rules:
              - {name: worst, severity: critical, signatures: [bad-signature], action: %s, valid: PT1H}
            ceiling: {blocks_an_hour: 10}
            """;

    /** Requests at which an account is first looked at. */
    private static final int LEAST = 16;

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private HttpResponse<String> ask(int port, String account) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/chat/completions?stream=true"))
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .header("x-account-id", account)
                        .header("authorization", "Bearer key-of-" + account)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void refusalFollowsTheDecidingEvent(DecidingPipeline pipeline, int gateway, String name, int refusal)
            throws Exception {
        long nowMs = System.currentTimeMillis();
        for (int number = 1; number < LEAST; number++) {
            pipeline.send("hostile", number, nowMs - 1_000);
            pipeline.send("honest", number, nowMs - 1_000);
        }
        pipeline.awaitIdle();
        assertThat(ask(gateway, "hostile").statusCode()).isEqualTo(200);
        assertThat(ask(gateway, "honest").body()).isEqualTo("{\"answer\":\"42\"}");

        long sent = System.nanoTime();
        pipeline.send("hostile", LEAST, nowMs);
        pipeline.flush();
        HttpResponse<String> answer = ask(gateway, "hostile");
        while (answer.statusCode() == 200 && System.nanoTime() - sent < PATIENCE_NANOS) {
            Thread.sleep(5);
            answer = ask(gateway, "hostile");
        }
        System.out.printf(
                "%s: %d, %.0f ms after the deciding event%n",
                name, answer.statusCode(), (System.nanoTime() - sent) / 1e6);

        assertThat(answer.statusCode()).isEqualTo(refusal);
        if (refusal == 429) {
            assertThat(answer.headers().firstValueAsLong("retry-after").orElse(0))
                    .isBetween(1L, 60L);
        }
        assertThat(ask(gateway, "honest").statusCode()).isEqualTo(200);
    }

    @Test
    void aHostileAccountIsBlockedAtAGatewayThatAsksAsEnvoyDoesAndLiftedByOneCommand() throws Exception {
        try (DecidingPipeline pipeline =
                        new DecidingPipeline(directory.resolve("data"), LEAST, POLICY.formatted("block"));
                StubGateway gateway = new StubGateway(pipeline.httpPort())) {
            refusalFollowsTheDecidingEvent(pipeline, gateway.port(), "ext_authz block", 403);

            assertThat(pipeline.run("decisions", "list").printed())
                    .contains("hostile")
                    .contains("block")
                    .doesNotContain("honest");
            assertThat(pipeline.run("decisions", "show", "hostile").printed())
                    .contains("Account hostile: block.")
                    .contains("rule worst says block");
            assertThat(pipeline.run("decisions", "show", "honest").printed()).contains("is allowed");
            Path stricter = Files.writeString(directory.resolve("p.yaml"), POLICY.formatted("challenge"));
            assertThat(pipeline.run("decisions", "preview", "--policy", stricter.toString())
                            .printed())
                    .contains("1 account would have been decided about, 0 of them blocked; 1 decision would count")
                    .containsPattern("worst +1 +0 +1 +0");

            assertThat(pipeline.run("decisions", "lift", "--signature", "other", "--by", "ann", "--reason", "a test"))
                    .extracting(DecidingPipeline.Run::complained)
                    .asString()
                    .contains("No decision that gateways know fits");
            assertThat(ask(gateway.port(), "hostile").statusCode()).isEqualTo(403);
            assertThat(pipeline.run("decisions", "lift", "--account", "hostile", "--by", "ann", "--reason", "a test"))
                    .isEqualTo(new DecidingPipeline.Run(0, "lifted 1 decision\n", ""));
            assertThat(ask(gateway.port(), "hostile").statusCode()).isEqualTo(200);
            assertThat(pipeline.run("decisions", "list").complained()).contains("Nothing is decided about any account");
        }
    }

    @Test
    void aHostileAccountIsThrottledBehindNginx() throws Exception {
        boolean required = Boolean.getBoolean("stillwatch.nginx.required");
        assumeTrue(required || Nginx.program().isPresent(), "nginx is not installed");
        try (DecidingPipeline pipeline =
                        new DecidingPipeline(directory.resolve("data"), LEAST, POLICY.formatted("throttle, rate: 1"));
                StubModel model = new StubModel();
                Nginx nginx = Nginx.start(
                        Files.createDirectory(directory.resolve("nginx")), pipeline.httpPort(), model.port())) {
            refusalFollowsTheDecidingEvent(pipeline, nginx.port(), "nginx auth_request throttle", 429);
        }
    }

    @Test
    void aHostileAccountIsBlockedBehindNginx() throws Exception {
        boolean required = Boolean.getBoolean("stillwatch.nginx.required");
        assumeTrue(required || Nginx.program().isPresent(), "nginx is not installed");
        try (DecidingPipeline pipeline =
                        new DecidingPipeline(directory.resolve("data"), LEAST, POLICY.formatted("block"));
                StubModel model = new StubModel();
                Nginx nginx = Nginx.start(
                        Files.createDirectory(directory.resolve("nginx")), pipeline.httpPort(), model.port())) {
            refusalFollowsTheDecidingEvent(pipeline, nginx.port(), "nginx auth_request block", 403);
        }
    }
}
