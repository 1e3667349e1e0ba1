package io.stillwatch.ci;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** Posts each record by itself; a batch that fails half-way is delivered again, as a sink's is. */
public final class PostingSinkTask extends SinkTask {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    // Version 2 asks every plain HTTP server to change protocols with the first post, and not all then read its body.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private HttpRequest.Builder request;
    private long backoff;

    @Override
    public String version() {
        return "1";
    }

    @Override
    public void start(Map<String, String> properties) {
        backoff = Long.parseLong(properties.get("retry.backoff.ms"));
        request = HttpRequest.newBuilder(URI.create(properties.get("http.url")))
                .timeout(PATIENCE)
                .header("authorization", properties.get("http.headers.authorization"))
                .header("content-type", properties.get("http.headers.content.type"));
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        for (SinkRecord message : records) {
            try {
                HttpResponse<Void> answer = client.send(
                        request.POST(HttpRequest.BodyPublishers.ofString((String) message.value())).build(),
                        HttpResponse.BodyHandlers.discarding());
                if (answer.statusCode() >= 500) {
                    throw later("The receiver answers " + answer.statusCode() + ".", null);
                }
                if (answer.statusCode() >= 300) {
                    throw new ConnectException("The receiver answers " + answer.statusCode() + ".");
                }
            } catch (IOException e) {
                throw later("The receiver cannot be reached.", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ConnectException(e);
            }
        }
    }

    private RetriableException later(String sentence, Throwable cause) {
        context.timeout(backoff);
        return new RetriableException(sentence, cause);
    }

    @Override
    public void stop() {
        // The client's threads end with it.
    }
}
