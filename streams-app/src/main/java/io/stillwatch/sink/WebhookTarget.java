package io.stillwatch.sink;

import io.stillwatch.schema.Alert;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Posts alerts to an HTTP address by the Standard Webhooks specification. Redirects are not followed: they could lead
 * alerts to where nobody allowed them to go.
 */
public final class WebhookTarget implements Target {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    /** The other side has read the alert and says that it is nothing it takes, or that it is gone for good. */
    private static final Set<Integer> FOR_GOOD = Set.of(400, 410, 413, 415, 422);

    private final SinkAddress address;
    private final WebhookSignature signature;
    private final AlertFormat format;
    private final Function<Alert, String> writer;
    private final String userAgent;
    private final HttpClient client;
    private final Duration answerWithin;

    private WebhookTarget(
            SinkAddress address,
            WebhookSignature signature,
            AlertFormat format,
            String productVersion,
            Duration answerWithin) {
        this.address = address;
        this.signature = signature;
        this.format = format;
        this.writer = format.writer(productVersion);
        this.userAgent = "Stillwatch/" + productVersion;
        this.answerWithin = answerWithin;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * A target for an address.
     *
     * @param insecure whether plain HTTP may leave this machine
     * @param signature how to sign; empty for not at all
     * @throws IllegalArgumentException with a sentence for people, where the address cannot be used
     */
    public static WebhookTarget of(
            String address,
            boolean insecure,
            Optional<WebhookSignature> signature,
            AlertFormat format,
            String productVersion) {
        return of(address, insecure, signature, format, productVersion, ANSWER_WITHIN);
    }

    static WebhookTarget of(
            String address,
            boolean insecure,
            Optional<WebhookSignature> signature,
            AlertFormat format,
            String productVersion,
            Duration answerWithin) {
        return new WebhookTarget(
                SinkAddress.webhook(address, insecure),
                signature.orElseGet(WebhookSignature::none),
                format,
                productVersion,
                answerWithin);
    }

    @Override
    public String description() {
        return "webhook at " + address.host();
    }

    @Override
    public String id() {
        return "webhook-" + address.id();
    }

    @Override
    public void deliver(Alert alert, Instant now) throws DeliveryException, InterruptedException {
        byte[] body = writer.apply(alert).getBytes(StandardCharsets.UTF_8);
        String id = messageId(alert);
        HttpRequest.Builder request = HttpRequest.newBuilder(address.uri())
                .timeout(answerWithin)
                .header("content-type", format.mediaType())
                .header("user-agent", userAgent)
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()));
        if (signature.signs()) {
            request.header("webhook-signature", signature.header(id, now.getEpochSecond(), body));
        }
        judge(send(request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build()), now);
    }

    /** The same for every attempt at the same step; without full stops, which the signed text is divided by. */
    static String messageId(Alert alert) {
        String id = alert.getAlertId();
        String plain = id.matches("[A-Za-z0-9_-]{1,200}")
                ? id
                : UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)).toString();
        return plain + "_" + alert.getSequence();
    }

    private HttpResponse<Void> send(HttpRequest request) throws DeliveryException, InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            // The request's own time limit ends with the answer's headers; a body may come as slowly as it likes.
            return answer.get(answerWithin.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw DeliveryException.passing("The " + description() + " cannot be reached: "
                    + words(e.getCause() == null ? e : e.getCause()) + ".");
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw DeliveryException.passing("The " + description() + " does not finish its answer.");
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    private static String words(Throwable cause) {
        return cause instanceof IOException ? cause.getClass().getSimpleName() : "an internal error";
    }

    private void judge(HttpResponse<Void> response, Instant now) throws DeliveryException {
        int status = response.statusCode();
        if (status / 100 == 2) {
            return;
        }
        String sentence = "The " + description() + " answers " + status + ".";
        if (FOR_GOOD.contains(status)) {
            throw DeliveryException.forGood(sentence);
        }
        Optional<Duration> wait = response.headers().firstValue("retry-after").flatMap(value -> retryAfter(value, now));
        throw wait.isPresent()
                ? DeliveryException.notBefore(sentence, wait.get())
                : DeliveryException.passing(sentence);
    }

    /** Seconds or a date of HTTP; whatever else there is says nothing. */
    static Optional<Duration> retryAfter(String value, Instant now) {
        String text = value.strip();
        if (text.matches("[0-9]{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        // Its threads are daemons and end when nothing refers to the client any more.
    }
}
