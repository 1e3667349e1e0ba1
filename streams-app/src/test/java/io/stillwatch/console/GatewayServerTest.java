package io.stillwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.decision.Policy.WhenNotReady;
import io.stillwatch.schema.DecisionAction;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contracts of Envoy's HTTP ext_authz and nginx's auth_request, over real connections. */
class GatewayServerTest {
    private static final int LOOK_UPS = 20_000;
    private static final int CLIENTS = 4;

    private final ShelfOfDecisions shelf = new ShelfOfDecisions();
    private final HttpClient client = HttpClient.newHttpClient();
    private GatewayServer server;

    @BeforeEach
    void start() throws IOException {
        server = serve(WhenNotReady.OPEN);
        shelf.put("blocked", DecisionAction.BLOCK, null);
        shelf.put("challenged", DecisionAction.CHALLENGE, null);
        shelf.put("slow", DecisionAction.THROTTLE, 1.0);
        shelf.put("schräg/Ω", DecisionAction.BLOCK, null);
    }

    private GatewayServer serve(WhenNotReady whenNotReady) throws IOException {
        return GatewayServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Gatekeeper(shelf, whenNotReady, () -> ShelfOfDecisions.NOW_MS, System::nanoTime),
                "X-Account-Id");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> ask(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"})
    void envoyIsAnsweredWhateverTheMethodAndThePathOfItsRequest(String method) throws Exception {
        for (String path : List.of("/ext_authz", "/ext_authz/", "/ext_authz/v1/chat/completions?stream=1")) {
            assertThat(ask(method, path, "x-account-id", "honest").statusCode()).isEqualTo(200);
            HttpResponse<String> refused = ask(method, path, "x-account-id", "blocked");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("x-stillwatch-action")).contains("block");
            assertThat(refused.body())
                    .isEqualTo(method.equals("HEAD") ? "" : "{\"error\":\"This account may not be used now.\"}\n");
        }
    }

    @Test
    void aThrottledAccountGetsItsRateAndThen429WithRetryAfter() throws Exception {
        HttpResponse<String> first = ask("POST", "/ext_authz/x", "x-account-id", "slow");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().firstValue("x-stillwatch-action")).contains("throttle");
        HttpResponse<String> second = ask("POST", "/ext_authz/x", "x-account-id", "slow");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValueAsLong("retry-after").orElse(0)).isBetween(1L, 60L);
    }

    @Test
    void aChallengeIs401WithAChallenge() throws Exception {
        HttpResponse<String> answer = ask("GET", "/ext_authz", "x-account-id", "challenged");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).isPresent();
        assertThat(answer.headers().firstValue("x-stillwatch-action")).contains("challenge");
    }

    @Test
    void whatAClientMaySeeDoesNotSayWhatGaveItAway() throws Exception {
        HttpResponse<String> answer = ask("GET", "/ext_authz", "x-account-id", "blocked");
        assertThat(answer.headers().map().toString() + answer.body())
                .doesNotContain("al-1")
                .doesNotContain("reason")
                .doesNotContain("test v1");
    }

    @Test
    void nginxGetsOnlyStatusesThatItTakesForRefusalsAndTheOneMeantInAHeader() throws Exception {
        assertThat(ask("GET", "/auth_request", "x-account-id", "honest").statusCode())
                .isEqualTo(200);
        assertThat(ask("GET", "/auth_request", "x-account-id", "blocked").statusCode())
                .isEqualTo(403);
        assertThat(ask("GET", "/auth_request", "x-account-id", "challenged").statusCode())
                .isEqualTo(401);
        ask("GET", "/auth_request", "x-account-id", "slow");
        HttpResponse<String> throttled = ask("GET", "/auth_request", "x-account-id", "slow");
        assertThat(throttled.statusCode()).isEqualTo(403);
        assertThat(throttled.headers().firstValue("x-stillwatch-status")).contains("429");
        assertThat(throttled.headers().firstValue("retry-after")).isPresent();
    }

    @Test
    void aDecisionIsToldAsJsonAndEverybodyElseIsAllowed() throws Exception {
        HttpResponse<String> blocked = ask("GET", "/v1/accounts/blocked/decision");
        assertThat(blocked.statusCode()).isEqualTo(200);
        assertThat(blocked.headers().firstValue("content-type")).contains("application/json");
        assertThat(blocked.body())
                .isEqualTo("{\"account_id\":\"blocked\",\"action\":\"block\",\"rate\":null,"
                        + "\"decided_at\":\"2026-09-21T14:13:19.999Z\",\"effective_from\":null,"
                        + "\"valid_until\":\"2026-09-21T14:14:20Z\",\"alert_id\":\"al-1\",\"campaign_id\":null,"
                        + "\"severity\":\"high\",\"policy\":\"test v1\",\"reason\":\"A reason.\",\"ready\":true}\n");
        assertThat(ask("GET", "/v1/accounts/honest/decision").body())
                .startsWith("{\"account_id\":\"honest\",\"action\":\"allow\",\"rate\":null");
        assertThat(ask("GET", "/v1/accounts/slow/decision").body()).contains("\"action\":\"throttle\",\"rate\":1.0");
        assertThat(ask("POST", "/v1/accounts/slow/decision").statusCode()).isEqualTo(405);
    }

    @Test
    void anyAccountCanBeNamedInThePathAndInTheHeader() throws Exception {
        assertThat(ask("GET", "/v1/accounts/schr%C3%A4g%2F%CE%A9/decision").body())
                .contains("\"account_id\":\"schr\\u00E4g/\\u03A9\",\"action\":\"block\"");
        assertThat(raw(request("GET", "/ext_authz", "connection: close", "x-account-id: schräg/Ω")))
                .startsWith("HTTP/1.1 403 ");
        for (String wrong : List.of("%00x%", "%20", "%zz", "%", "%ff", "a".repeat(513))) {
            assertThat(raw(request("GET", "/v1/accounts/" + wrong + "/decision", "connection: close")))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void anAccountWithCharactersThatNoHeaderHoldsIsNamedPercentEncoded() throws Exception {
        for (String account :
                List.of("tab\tin it", "line\nend", "\r\n", " before", "after ", "nul\u0000", "Ω\t", "100%41")) {
            shelf.put(account, DecisionAction.BLOCK, null);
            String encoded = URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20");
            boolean blank = account.isBlank();
            assertThat(ForgingClient.authorize(server.port(), List.of("x-account-id-encoded: " + encoded)))
                    .as(encoded)
                    .isEqualTo(blank ? 200 : 403);
            if (!blank && account.indexOf(0) < 0) {
                assertThat(ask("GET", "/v1/accounts/" + encoded + "/decision").body())
                        .contains("\"action\":\"block\"");
            }
        }
        assertThat(ForgingClient.authorize(server.port(), List.of("x-account-id: tab\tin it")))
                .isEqualTo(403);
        // The header for plain names is never decoded: an account may well be called so.
        assertThat(ForgingClient.authorize(server.port(), List.of("x-account-id: tab%09in it")))
                .isEqualTo(200);
    }

    @Test
    void aBlockedAccountIsBlockedWhateverElseIsNamedBesideIt() throws Exception {
        for (List<String> forged : Forgeries.passingFor("honest")) {
            List<String> before = new ArrayList<>(List.of("x-account-id: blocked"));
            before.addAll(forged);
            List<String> after = new ArrayList<>(forged);
            after.add("x-account-id: blocked");
            assertThat(ForgingClient.authorize(server.port(), before))
                    .as("%s", before)
                    .isIn(400, 403);
            assertThat(ForgingClient.authorize(server.port(), after))
                    .as("%s", after)
                    .isIn(400, 403);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /<script>alert(1)</script> HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
                "GET / HTTP/1.1\r\nhost: x\r\nhost: y\r\nconnection: close\r\n\r\n",
                "GET /ext_authz/%00 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n",
                "GET /nothing HTTP/1.1\r\nhost: x\r\nconnection: close\r\naccept: text/html\r\n\r\n",
                "TRACE / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n"
            })
    void noErrorIsToldInTheServersOwnHtml(String request) throws Exception {
        assertThat(raw(request))
                .startsWith("HTTP/1.1 4")
                .containsIgnoringCase("content-type: application/json")
                .contains("{\"error\":")
                .doesNotContainIgnoringCase("jetty")
                .doesNotContain("<");
    }

    @Test
    void headersWithoutEndAreRefusedInOneLineToo() throws Exception {
        assertThat(raw(request("GET", "/ext_authz", "connection: close", "x-a: " + "y".repeat(80_000))))
                .startsWith("HTTP/1.1 431 ")
                .contains("{\"error\":")
                .doesNotContain("<");
    }

    @Test
    void anAccountNamedTwiceIsNobody() throws Exception {
        server.close();
        server = serve(WhenNotReady.CLOSED);
        assertThat(raw(request(
                        "GET", "/ext_authz", "connection: close", "x-account-id: honest", "X-Account-ID: other")))
                .startsWith("HTTP/1.1 403 ");
        assertThat(raw(request("GET", "/ext_authz", "connection: close"))).startsWith("HTTP/1.1 403 ");
        assertThat(raw(request("GET", "/ext_authz", "connection: close", "x-account-id: honest")))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ext_authz/../etc", "/ext_authz//a", "/ext_authz/a;b=c/%2e%2e/%2F", "/ext_authz/a?b=%zz"})
    void anOddPathOfTheClientDoesNotRefuseIt(String path) throws Exception {
        assertThat(raw(request("GET", path, "connection: close", "x-account-id: honest")))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ext_authz/../../etc", "/ext_authz/%zz", "/ext_authz/%00"})
    void aPathThatIsNoneIsRefused(String path) throws Exception {
        assertThat(raw(request("GET", path, "connection: close", "x-account-id: honest")))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aBodyThatComesAlongIsNotInTheWay() throws Exception {
        String body = "x".repeat(100_000);
        String answers = raw(request("POST", "/ext_authz/a", "x-account-id: blocked", "content-length: 100000")
                + body
                + request("GET", "/ext_authz", "connection: close", "x-account-id: honest"));
        assertThat(answers).startsWith("HTTP/1.1 403 ").contains("HTTP/1.1 200 ");
    }

    @Test
    void readinessAndHealthAreTold() throws Exception {
        assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(200);
        shelf.ready = false;
        assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(200);
        assertThat(ask("GET", "/readyz").statusCode()).isEqualTo(503);
        shelf.broken = true;
        assertThat(ask("GET", "/healthz").statusCode()).isEqualTo(503);
        assertThat(ask("GET", "/nothing").statusCode()).isEqualTo(404);
    }

    @Test
    void closedMeans503ForWhomNothingIsKnownOf() throws Exception {
        server.close();
        server = serve(WhenNotReady.CLOSED);
        shelf.ready = false;
        assertThat(ask("GET", "/ext_authz", "x-account-id", "honest").statusCode())
                .isEqualTo(503);
        assertThat(ask("GET", "/ext_authz", "x-account-id", "blocked").statusCode())
                .isEqualTo(403);
        assertThat(ask("GET", "/v1/accounts/honest/decision").statusCode()).isEqualTo(503);
    }

    /** Prints how long it took; that depends on the machine, so nothing is held to it. */
    @Test
    void manyLookUpsAtOnceAreAnsweredAndTimed() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        List<Future<Integer>> refused = new ArrayList<>();
        for (int number = 0; number < CLIENTS; number++) {
            refused.add(clients.submit(lookUps(LOOK_UPS / CLIENTS)));
        }
        int forbidden = 0;
        for (Future<Integer> one : refused) {
            forbidden += one.get();
        }
        clients.shutdown();
        assertThat(forbidden).isEqualTo(LOOK_UPS / 2);
        assertThat(server.times().count()).isEqualTo(LOOK_UPS);
        System.out.printf(
                "%d look-ups over %d connections: server time median %.1f us, p99 %.1f us, p99.9 %.1f us%n",
                LOOK_UPS,
                CLIENTS,
                server.times().quantileNanos(0.5) / 1e3,
                server.times().quantileNanos(0.99) / 1e3,
                server.times().quantileNanos(0.999) / 1e3);
    }

    private Callable<Integer> lookUps(int count) {
        return () -> {
            byte[] honest = lookUp("honest");
            byte[] blocked = lookUp("blocked");
            int forbidden = 0;
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setTcpNoDelay(true);
                InputStream in = socket.getInputStream();
                for (int number = 0; number < count; number++) {
                    socket.getOutputStream().write(number % 2 == 0 ? honest : blocked);
                    forbidden += RawAnswer.read(in).status() == 403 ? 1 : 0;
                }
            }
            return forbidden;
        };
    }

    private static byte[] lookUp(String account) {
        return request("POST", "/ext_authz/v1/messages", "x-account-id: " + account)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String request(String method, String path, String... headers) {
        List<String> lines = new ArrayList<>(List.of(method + " " + path + " HTTP/1.1", "host: x"));
        lines.addAll(List.of(headers));
        return String.join("\r\n", lines) + "\r\n\r\n";
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
