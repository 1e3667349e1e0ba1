package io.stillwatch.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntakeServerTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String SPAN = "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"account.id\","
            + "\"value\":{\"stringValue\":\"acct-1\"}}]},\"scopeSpans\":[{\"spans\":[{\"traceId\":"
            + "\"0af7651916cd43dd8448eb211c80319c\",\"spanId\":\"b7ad6b7169203331\",\"name\":\"chat\","
            + "\"startTimeUnixNano\":\"1790000000000000000\",\"endTimeUnixNano\":\"1790000001000000000\","
            + "\"attributes\":[{\"key\":\"gen_ai.operation.name\",\"value\":{\"stringValue\":\"chat\"}}]}]}]}]}";
    private static final String EVENT =
            "{\"event_time\":1790000000000,\"account_id\":\"acct-1\",\"prompt\":\"How do tides work?\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Ingested> kept = Collections.synchronizedList(new ArrayList<>());
    private IntakeServer server;

    private CompletionStage<Void> keep(List<Ingested> told) {
        kept.addAll(told);
        return CompletableFuture.completedFuture(null);
    }

    private void start(IntakeSink sink, Optional<BearerToken> token, IntakeLimits limits) throws IOException {
        server = IntakeServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), sink, token, limits, IngestOptions.DEFAULT);
    }

    private void start() throws IOException {
        start(this::keep, Optional.empty(), IntakeLimits.DEFAULT);
    }

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private HttpResponse<byte[]> post(String path, String type, byte[] body, String... headers) throws Exception {
        HttpRequest.Builder request =
                to(path).header("Content-Type", type).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (int index = 0; index < headers.length; index += 2) {
            request.header(headers[index], headers[index + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> post(String path, String type, String body, String... headers) throws Exception {
        return post(path, type, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8).strip();
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(plain);
        }
        return bytes.toByteArray();
    }

    /** {@code resource_spans {scope_spans {spans {trace_id span_id start end}}}}. */
    private static byte[] protobufSpan() throws IOException {
        byte[] span = message(out -> {
            out.writeBytes(1, ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}));
            out.writeBytes(2, ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}));
            out.writeFixed64(7, 1_790_000_000_000_000_000L);
            out.writeFixed64(8, 1_790_000_001_000_000_000L);
        });
        byte[] scope = message(out -> out.writeByteArray(2, span));
        byte[] resource = message(out -> out.writeByteArray(2, scope));
        return message(out -> out.writeByteArray(1, resource));
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Writing writing) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        writing.to(out);
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void spansAreTakenAsJsonAndAsProtobufCompressedOrNot() throws Exception {
        start();

        HttpResponse<byte[]> json = post("/v1/traces", JSON, SPAN);
        HttpResponse<byte[]> zipped =
                post("/v1/traces", JSON, gzip(SPAN.getBytes(StandardCharsets.UTF_8)), "Content-Encoding", "gzip");
        HttpResponse<byte[]> protobuf = post("/v1/traces", PROTOBUF, protobufSpan());
        HttpResponse<byte[]> zippedProtobuf =
                post("/v1/traces", PROTOBUF, gzip(protobufSpan()), "Content-Encoding", "gzip");

        assertThat(List.of(json, zipped, protobuf, zippedProtobuf))
                .allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
        assertThat(text(json)).isEqualTo("{}");
        assertThat(protobuf.body()).isEmpty();
        assertThat(protobuf.headers().firstValue("Content-Type")).contains(PROTOBUF);
        assertThat(kept).hasSize(4).allSatisfy(one -> assertThat(one).isInstanceOf(Ingested.Part.class));
    }

    @Test
    void aBatchIsTakenAsAnArrayAndAsLines() throws Exception {
        start();

        HttpResponse<byte[]> array = post("/v1/requests", JSON, "[" + EVENT + "," + EVENT + "]");
        HttpResponse<byte[]> lines = post("/v1/requests", "application/x-ndjson", EVENT + "\n" + EVENT + "\n");

        assertThat(text(array)).isEqualTo("{\"accepted\":2,\"rejected\":0,\"skipped\":0}");
        assertThat(text(lines)).isEqualTo("{\"accepted\":2,\"rejected\":0,\"skipped\":0}");
        assertThat(kept).hasSize(4).allSatisfy(one -> assertThat(one).isInstanceOf(Ingested.Accepted.class));
    }

    @Test
    void whatCannotBeReadIsHandedOnAndToldWithTheRestTaken() throws Exception {
        start();

        HttpResponse<byte[]> answer = post("/v1/requests", JSON, "[" + EVENT + ",{\"event_time\":1790000000000}]");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer)).startsWith("{\"accepted\":1,\"rejected\":1,\"skipped\":0,\"causes\":[\"item 2: ");
        assertThat(kept).hasAtLeastOneElementOfType(Ingested.Rejected.class);
    }

    @Test
    void otlpTellsOfRecordsThatItCouldNotReadAsAPartialSuccess() throws Exception {
        start();
        String line = "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":{\"stringValue\":"
                + "\"{\\\"event_time\\\":1790000000000,\\\"prompt\\\":\\\"x\\\"}\"}},{\"body\":{\"stringValue\":\"hello\"}}]}]}]}";

        HttpResponse<byte[]> answer = post("/v1/logs", JSON, line);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(text(answer))
                .startsWith("{\"partialSuccess\":{\"rejectedLogRecords\":\"1\",\"errorMessage\":\"1 rejected");
    }

    @Test
    void aDamagedBatchIsBadDataInOtlpsOwnWords() throws Exception {
        start();

        HttpResponse<byte[]> protobuf = post("/v1/traces", PROTOBUF, new byte[] {0x0a, 0x7f, 1});
        HttpResponse<byte[]> json = post("/v1/traces", JSON, "{\"resourceSpans\":[{");

        assertThat(protobuf.statusCode()).isEqualTo(400);
        CodedInputStream status = CodedInputStream.newInstance(protobuf.body());
        assertThat(status.readTag()).isEqualTo(0x08);
        assertThat(status.readInt32()).isEqualTo(3);
        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(text(json)).contains("\"code\":3");
        assertThat(kept).hasSize(2).allSatisfy(one -> assertThat(one).isInstanceOf(Ingested.Rejected.class));
    }

    @Test
    void anEmptyBatchIsTaken() throws Exception {
        start();

        assertThat(post("/v1/traces", PROTOBUF, new byte[0]).statusCode()).isEqualTo(200);
        assertThat(post("/v1/traces", JSON, "{\"resourceSpans\":[]}").statusCode())
                .isEqualTo(200);
        assertThat(kept).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer wrong", "Basic " + TOKEN, TOKEN, "Bearer " + TOKEN + "x"})
    void whoDoesNotShowTheTokenIsTurnedAwayBeforeItsBodyIsRead(String shown) throws Exception {
        start(this::keep, Optional.of(new BearerToken(TOKEN)), IntakeLimits.DEFAULT);

        HttpResponse<byte[]> answer = shown.isEmpty()
                ? post("/v1/traces", JSON, SPAN)
                : post("/v1/traces", JSON, SPAN, "Authorization", shown);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
        assertThat(kept).isEmpty();
    }

    @Test
    void whoShowsTheTokenIsLetIn() throws Exception {
        start(this::keep, Optional.of(new BearerToken(TOKEN)), IntakeLimits.DEFAULT);

        assertThat(post("/v1/traces", JSON, SPAN, "Authorization", "bearer " + TOKEN)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void nothingIsOpenedToOthersWithoutAToken() {
        assertThatThrownBy(() -> IntakeServer.start(
                        new InetSocketAddress("0.0.0.0", 0),
                        this::keep,
                        Optional.empty(),
                        IntakeLimits.DEFAULT,
                        IngestOptions.DEFAULT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("token");
    }

    @Test
    void aTokenThatCanBeGuessedIsNone() {
        assertThatThrownBy(() -> new BearerToken("secret")).hasMessageContaining("at least 16");
        assertThatThrownBy(() -> new BearerToken("secret secret secret secret")).hasMessageContaining("without blanks");
    }

    @Test
    void aBombIsExpandedNoFurtherThanTheLimit() throws Exception {
        start(this::keep, Optional.empty(), new IntakeLimits(1 << 20, 2 << 20, 4 << 20, Duration.ofSeconds(1)));

        HttpResponse<byte[]> answer = post("/v1/requests", JSON, gzip(new byte[100 << 20]), "Content-Encoding", "gzip");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(kept).isEmpty();
        assertThat(post("/v1/requests", JSON, EVENT).statusCode())
                .as("room is given back")
                .isEqualTo(200);
    }

    @Test
    void aBodyThatIsTooLongIsRefusedWithOrWithoutItsLength() throws Exception {
        start(this::keep, Optional.empty(), new IntakeLimits(1_000, 2_000, 4_000, Duration.ofSeconds(1)));
        byte[] body = " ".repeat(5_000).getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> known = post("/v1/requests", JSON, body);
        HttpResponse<byte[]> unknown = client.send(
                to("/v1/requests")
                        .header("Content-Type", JSON)
                        .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(known.statusCode()).isEqualTo(413);
        assertThat(unknown.statusCode()).isEqualTo(413);
    }

    @Test
    void whoeverIsRefusedWhileStillSendingReadsWhy() throws Exception {
        start(
                this::keep,
                Optional.of(new BearerToken(TOKEN)),
                new IntakeLimits(1_000, 8 << 20, 16 << 20, Duration.ofSeconds(1)));
        byte[] body = " ".repeat(6 << 20).getBytes(StandardCharsets.UTF_8);

        for (int i = 0; i < 20; i++) {
            assertThat(post("/v1/requests", JSON, body).statusCode()).isEqualTo(401);
            assertThat(post("/v1/nothing", JSON, body).statusCode()).isEqualTo(404);
            assertThat(post("/v1/requests", "text/plain", body, "Authorization", "Bearer " + TOKEN)
                            .statusCode())
                    .isEqualTo(415);
            assertThat(post("/v1/requests", JSON, body, "Authorization", "Bearer " + TOKEN)
                            .statusCode())
                    .isEqualTo(413);
        }
        assertThat(kept).isEmpty();
    }

    @Test
    void whoeverWasAskedForABodyThatIsTooLongReadsWhy() throws Exception {
        start(this::keep, Optional.empty(), new IntakeLimits(1_000, 8 << 20, 16 << 20, Duration.ofSeconds(1)));
        byte[] body = " ".repeat(4 << 20).getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> answer = client.send(
                to("/v1/requests")
                        .header("Content-Type", JSON)
                        .expectContinue(true)
                        .POST(HttpRequest.BodyPublishers.fromPublisher(HttpRequest.BodyPublishers.ofByteArray(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void whileTooMuchIsHeldSendersAreToldToWait() throws Exception {
        CompletableFuture<Void> kafka = new CompletableFuture<>();
        CountDownLatch holding = new CountDownLatch(1);
        start(
                told -> {
                    holding.countDown();
                    return kafka;
                },
                Optional.empty(),
                new IntakeLimits(100, 100, 150, Duration.ofSeconds(2)));
        CompletableFuture<HttpResponse<byte[]>> first = client.sendAsync(
                to("/v1/requests")
                        .header("Content-Type", JSON)
                        .POST(HttpRequest.BodyPublishers.ofString(EVENT))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        holding.await();
        HttpResponse<byte[]> second = post("/v1/requests", JSON, EVENT);

        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.headers().firstValue("Retry-After")).contains("2");
        assertThat(first).isNotDone();
        kafka.complete(null);
        assertThat(first.get().statusCode()).isEqualTo(200);
        assertThat(post("/v1/requests", JSON, EVENT).statusCode()).isEqualTo(200);
    }

    @Test
    void whatKafkaDoesNotTakeIsToBeSentAgain() throws Exception {
        start(
                told -> CompletableFuture.failedFuture(new IllegalStateException("away")),
                Optional.empty(),
                IntakeLimits.DEFAULT);

        HttpResponse<byte[]> answer = post("/v1/traces", PROTOBUF, protobufSpan());

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
    }

    @Test
    void aWebPageCannotSendHereUnasked() throws Exception {
        start();

        assertThat(post("/v1/requests", "text/plain", EVENT).statusCode()).isEqualTo(415);
        assertThat(post("/v1/requests", "application/x-www-form-urlencoded", EVENT)
                        .statusCode())
                .isEqualTo(415);
        HttpResponse<byte[]> preflight = client.send(
                to("/v1/requests")
                        .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                        .header("Origin", "http://example.org")
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(preflight.statusCode()).isEqualTo(405);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
        assertThat(kept).isEmpty();
    }

    @Test
    void whatIsAtNoPathOrAskedInAnotherWayIsSaid() throws Exception {
        start();

        assertThat(post("/v1/metrics", JSON, "{}").statusCode()).isEqualTo(404);
        assertThat(client.send(to("/v1/traces").GET().build(), HttpResponse.BodyHandlers.ofByteArray())
                        .statusCode())
                .isEqualTo(405);
        assertThat(client.send(to("/healthz").GET().build(), HttpResponse.BodyHandlers.ofByteArray())
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("/v1/requests", JSON, EVENT, "Content-Encoding", "br").statusCode())
                .isEqualTo(415);
        assertThat(post("/v1/requests", JSON, EVENT, "Content-Encoding", "gzip").statusCode())
                .isEqualTo(400);
    }
}
