package io.stillwatch.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.alert.ocsf.OcsfDetectionFinding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTargetTest {
    private static final Instant NOW = Instant.parse("2026-05-05T10:00:00Z");
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    private record Received(String method, String path, Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().get(0))
                    .findFirst()
                    .orElse(null);
        }
    }

    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private HttpServer server;
    private volatile int status = 200;
    private volatile Map<String, String> answerHeaders = Map.of();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Map.copyOf(exchange.getRequestHeaders()),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
        answerHeaders.forEach(exchange.getResponseHeaders()::add);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook?key=very-secret";
    }

    private WebhookTarget target(AlertFormat format) throws IOException {
        Path file = Files.writeString(
                directory.resolve("secret"), "whsec_" + Base64.getEncoder().encodeToString(SECRET) + "\n");
        return WebhookTarget.of(address(), false, Optional.of(WebhookSignature.ofFile(file)), format, "1.2.3");
    }

    private DeliveryException failure() throws IOException {
        WebhookTarget target = target(AlertFormat.OCSF);
        return catchThrowableOfType(DeliveryException.class, () -> target.deliver(SampleAlerts.opened(), NOW));
    }

    @Test
    void anAlertIsPostedAsOcsfWithASignatureThatAReceiverCanVerify() throws Exception {
        target(AlertFormat.OCSF).deliver(SampleAlerts.opened(), NOW);

        Received post = received.take();
        assertThat(post.method()).isEqualTo("POST");
        assertThat(post.path()).isEqualTo("/hook");
        assertThat(post.header("content-type")).isEqualTo("application/json");
        assertThat(post.header("webhook-id")).isEqualTo("al-5f0c11_0");
        assertThat(post.header("webhook-timestamp")).isEqualTo(Long.toString(NOW.getEpochSecond()));
        assertThat(post.body()).isEqualTo(new OcsfDetectionFinding("1.2.3").line(SampleAlerts.opened()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
        mac.update((post.header("webhook-id") + "." + post.header("webhook-timestamp") + ".")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(post.header("webhook-signature"))
                .isEqualTo("v1,"
                        + Base64.getEncoder()
                                .encodeToString(mac.doFinal(post.body().getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void theSignatureIsThatOfTheStandardsOwnExample() throws IOException {
        Path file = Files.writeString(directory.resolve("example"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        assertThat(WebhookSignature.ofFile(file)
                        .header(
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                1_614_265_330L,
                                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void withTwoSecretsThereAreTwoSignatures() throws IOException {
        Path file = Files.writeString(
                directory.resolve("two"), "0123456789abcdef0123456789abcdef\n\nfedcba9876543210fedcba9876543210\n");
        assertThat(WebhookSignature.ofFile(file).header("id", 1, new byte[0]).split(" "))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "whsec_AAAA", "whsec_no base64 at all, however long it may be"})
    void aSecretThatIsNoneIsRefusedWithoutBeingShown(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("bad"), text);
        assertThatThrownBy(() -> WebhookSignature.ofFile(file))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(refused -> {
                    if (!text.isEmpty()) {
                        assertThat(refused.getMessage()).doesNotContain(text);
                    }
                });
    }

    @Test
    void aRedirectIsNotFollowedButTriedAgain() throws Exception {
        status = 302;
        answerHeaders = Map.of("Location", address());
        DeliveryException failure = failure();
        assertThat(failure.isHopeless()).isFalse();
        assertThat(received).hasSize(1);
    }

    @Test
    void aBusyReceiverIsGivenTheTimeItAsksFor() throws Exception {
        status = 429;
        answerHeaders = Map.of("Retry-After", "7");
        assertThat(failure().waitAsked()).contains(Duration.ofSeconds(7));
        answerHeaders = Map.of("Retry-After", "Tue, 5 May 2026 10:00:30 GMT");
        assertThat(failure().waitAsked()).contains(Duration.ofSeconds(30));
        answerHeaders = Map.of("Retry-After", "soon");
        assertThat(failure().waitAsked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 410, 413, 422})
    void whatTheReceiverWillNeverTakeIsHopeless(int answer) throws Exception {
        status = answer;
        assertThat(failure().isHopeless()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 408, 500, 503})
    void whatMayPassIsTriedAgain(int answer) throws Exception {
        status = answer;
        assertThat(failure().isHopeless()).isFalse();
    }

    @Test
    void aReceiverThatIsNotThereIsNamedByItsHostAlone() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        WebhookTarget target = WebhookTarget.of(
                "http://127.0.0.1:" + port + "/T000/very-secret", false, Optional.empty(), AlertFormat.CEF, "1");
        assertThatThrownBy(() -> target.deliver(SampleAlerts.opened(), NOW))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("webhook at 127.0.0.1:" + port)
                .hasMessageNotContaining("secret");
        assertThat(target.id()).matches("webhook-[0-9a-f]{12}");
    }

    @Test
    void aReceiverThatNeverAnswersIsGivenUpInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            WebhookTarget target = WebhookTarget.of(
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    false,
                    Optional.empty(),
                    AlertFormat.JSON,
                    "1",
                    Duration.ofMillis(300));
            assertThatThrownBy(() -> target.deliver(SampleAlerts.opened(), NOW)).isInstanceOf(DeliveryException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://siem.example/",
                "file:///etc/passwd",
                "siem.example/hook",
                "https://user:very-secret@siem.example/",
                "https://siem.example/very-secret#part",
                "http://siem.example/very-secret",
                "http://127.0.0.1.evil.example/very-secret",
                "https://siem example/very-secret"
            })
    void anAddressThatMustNotBeUsedIsRefusedWithoutItsSecret(String address) {
        assertThatThrownBy(() -> WebhookTarget.of(address, false, Optional.empty(), AlertFormat.OCSF, "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("very-secret");
    }

    @Test
    void anAlertIdThatAHeaderCannotHoldIsReplacedByItsHash() {
        assertThat(WebhookTarget.messageId(SampleAlerts.hostileText())).matches("[0-9a-f-]{36}_0");
    }
}
