package io.stillwatch.intake;

import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.InputFormat;
import io.stillwatch.ingest.PayloadReader;
import io.stillwatch.ingest.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The paths that exporters and gateways send to. A body is read without a thread waiting for it, taken apart by a few
 * workers, and answered when the sink has all that it holds.
 *
 * <p>Who may not send is told so before its body is read. Only media types are taken that a web page cannot send to another
 * host unasked, so that none can write here from the browser of somebody on this machine.
 */
final class IntakeHandler extends Handler.Abstract.NonBlocking {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeHandler.class);

    private static final byte[] OK = "{\"status\":\"ok\"}\n".getBytes(StandardCharsets.UTF_8);
    private static final String TOO_MUCH = "Too much is being taken in; send it again later.";
    private static final String NOT_KEPT = "Kafka does not take it now; send it again later.";

    private final IntakeSink sink;
    private final Optional<BearerToken> token;
    private final IntakeLimits limits;
    private final IngestOptions options;
    private final Executor workers;
    private final HeldBytes held;
    private final AtomicLong requests = new AtomicLong();

    IntakeHandler(
            IntakeSink sink,
            Optional<BearerToken> token,
            IntakeLimits limits,
            IngestOptions options,
            Executor workers) {
        this.sink = sink;
        this.token = token;
        this.limits = limits;
        this.options = options;
        this.workers = workers;
        this.held = new HeldBytes(limits.maxHeldBytes());
    }

    /** A request that is being taken in. */
    private final class Taking {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final Path path;
        private final Answer.Style style;
        private final boolean gzip;
        private final HeldBytes.Share share = held.share();
        private final Position at;
        private volatile boolean begun;

        private Taking(Request request, Response response, Callback callback, Path path, String mediaType) {
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.path = path;
            this.style = style(path, mediaType);
            this.gzip = "gzip".equals(encoding(request));
            this.at = Position.request(path.path(), requests.incrementAndGet());
        }

        @SuppressWarnings("FutureReturnValueIgnored") // whoever completes it sees to every outcome
        private void read() {
            long length = request.getLength();
            if (length > limits.maxBodyBytes()) {
                refuse(413, "The body is longer than " + limits.maxBodyBytes() + " bytes; send smaller batches.");
                return;
            }
            if (!share.grow(length < 0 ? limits.maxBodyBytes() : length)) {
                refuse(429, TOO_MUCH);
                return;
            }
            BiConsumer<byte[], Throwable> done = (body, failure) -> {
                if (failure == null) {
                    hand(body);
                } else {
                    refuse(
                            length < 0 ? 413 : 400,
                            length < 0
                                    ? "The body is broken off, or longer than " + limits.maxBodyBytes() + " bytes."
                                    : "The body is broken off.");
                }
            };
            begun = true;
            Content.Source.asByteArrayAsync(
                    new UnreadBody(request),
                    limits.maxBodyBytes(),
                    Promise.Invocable.from(InvocationType.BLOCKING, done));
        }

        private void hand(byte[] body) {
            try {
                workers.execute(() -> take(body));
            } catch (RejectedExecutionException stopping) {
                refuse(503, "This is being stopped; send it again later.");
            }
        }

        @SuppressWarnings("FutureReturnValueIgnored") // whoever completes it sees to every outcome
        private void take(byte[] body) {
            try {
                byte[] expanded = Body.expanded(body, gzip, limits.maxExpandedBytes(), share);
                List<Ingested> told = told(expanded);
                IntakeTally tally = IntakeTally.of(told);
                sink.keep(told).whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        answer(Answer.taken(tally, style, path));
                    } else {
                        LOG.debug("A body was not kept.", failure);
                        refuse(503, NOT_KEPT);
                    }
                });
            } catch (Body.Refused refused) {
                refuse(refused.status(), refused.getMessage());
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError broken) {
                LOG.error("A body could not be taken in.", broken);
                refuse(500, "This body could not be taken in; the log says why.");
            }
        }

        private List<Ingested> told(byte[] body) {
            PayloadReader reader = new PayloadReader(
                    path.isOtlp() ? options.withoutMapping().withFormat(Optional.of(InputFormat.OTEL)) : options);
            return style == Answer.Style.OTLP_PROTOBUF ? reader.readProtobuf(body, at) : reader.readWhole(body, at);
        }

        private void refuse(int status, String sentence) {
            if (status == 429 || status == 503) {
                response.getHeaders()
                        .put(
                                HttpHeader.RETRY_AFTER,
                                Math.max(1, limits.retryAfter().toSeconds()));
            }
            share.giveBack();
            afterBody(request, begun, () -> send(response, callback, Answer.refused(status, sentence, style)));
        }

        private void answer(Answer answer) {
            share.giveBack();
            send(response, callback, answer);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = request.getHttpURI().getPath();
        if ("/healthz".equals(path)) {
            send(response, callback, new Answer(200, "application/json", OK));
            return true;
        }
        Optional<Path> known = Path.of(path == null ? "" : path);
        if (known.isEmpty()) {
            refuse(
                    request,
                    response,
                    callback,
                    404,
                    "There is nothing at this path; send to /v1/traces, /v1/logs or /v1/requests.");
            return true;
        }
        if (token.isPresent() && !token.get().isShownBy(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
            response.getHeaders().put(HttpHeader.WWW_AUTHENTICATE, "Bearer");
            refuse(
                    request,
                    response,
                    callback,
                    401,
                    "Send the header 'Authorization: Bearer TOKEN' with the token of this intake.");
            return true;
        }
        if (!"POST".equals(request.getMethod())) {
            response.getHeaders().put(HttpHeader.ALLOW, "POST");
            refuse(request, response, callback, 405, "This takes POST only.");
            return true;
        }
        String mediaType = mediaType(request);
        if (!takes(known.get(), mediaType)) {
            refuse(
                    request,
                    response,
                    callback,
                    415,
                    known.get().isOtlp()
                            ? "Send Content-Type application/x-protobuf or application/json."
                            : "Send Content-Type application/json or application/x-ndjson.");
            return true;
        }
        if (!List.of("", "identity", "gzip").contains(encoding(request))) {
            refuse(request, response, callback, 415, "Send the body as it is, or with Content-Encoding gzip.");
            return true;
        }
        new Taking(request, response, callback, known.get(), mediaType).read();
        return true;
    }

    private static boolean takes(Path path, String mediaType) {
        return switch (mediaType) {
            case "application/json" -> true;
            case "application/x-protobuf", "application/protobuf" -> path.isOtlp();
            case "application/x-ndjson", "application/jsonl", "application/x-jsonlines", "application/json-seq" ->
                !path.isOtlp();
            default -> false;
        };
    }

    private static Answer.Style style(Path path, String mediaType) {
        if (!path.isOtlp()) {
            return Answer.Style.PLAIN;
        }
        return mediaType.equals("application/json") ? Answer.Style.OTLP_JSON : Answer.Style.OTLP_PROTOBUF;
    }

    private static String mediaType(Request request) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return type == null ? "" : type.replaceAll(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    private static String encoding(Request request) {
        String encoding = request.getHeaders().get(HttpHeader.CONTENT_ENCODING);
        return encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
    }

    private void refuse(Request request, Response response, Callback callback, int status, String sentence) {
        afterBody(request, false, () -> send(response, callback, Answer.refused(status, sentence, Answer.Style.PLAIN)));
    }

    private void afterBody(Request request, boolean begun, Runnable answer) {
        new UnreadBody(request).discard(begun, limits.maxExpandedBytes(), answer);
    }

    private static void send(Response response, Callback callback, Answer answer) {
        response.setStatus(answer.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, answer.mediaType());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }
}
