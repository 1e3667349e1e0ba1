package io.stillwatch.intake;

import io.stillwatch.ingest.IngestOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server that exporters and gateways send to.
 *
 * <pre>
 *  POST  /v1/traces, /v1/logs   OTLP/HTTP (opentelemetry-proto, docs/specification.md), protobuf or JSON, gzip or not
 *  POST  /v1/requests           any other format that is known, as JSON: one object, an array, or lines
 *  GET   /healthz               for whoever starts processes
 * </pre>
 *
 * <p>An answer of 200 means that the records are in Kafka for good. 429 and 503 mean that they are to be sent again, after
 * the seconds of {@code Retry-After}.
 */
public final class IntakeServer implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 1_024;
    private static final int MOST_HEADER_BYTES = 16 << 10;
    private static final int MOST_THREADS = 12;
    private static final int LEAST_THREADS = 4;
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    /** Slowest that a body may come, after a moment: who is slower holds memory for nothing; bytes a second. */
    private static final long SLOWEST = 1_000;

    private final Server server;
    private final ServerConnector connector;
    private final ExecutorService workers;

    private IntakeServer(
            InetSocketAddress address,
            IntakeSink sink,
            Optional<BearerToken> token,
            IntakeLimits limits,
            IngestOptions options) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("stillwatch-intake-http");
        threads.setDaemon(true);
        workers = Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()), task -> {
            Thread thread = new Thread(task, "stillwatch-intake");
            thread.setDaemon(true);
            return thread;
        });
        server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(MOST_HEADER_BYTES);
        connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        server.setHandler(
                new MinimumDataRateHandler(new IntakeHandler(sink, token, limits, options, workers), SLOWEST, 0));
    }

    /**
     * Begins to listen.
     *
     * @param address with port 0 for any free one
     * @param token what senders have to show; nobody is asked where there is none
     * @throws IOException where the address cannot be had
     * @throws IllegalArgumentException where others than this machine could send without a token
     */
    public static IntakeServer start(
            InetSocketAddress address,
            IntakeSink sink,
            Optional<BearerToken> token,
            IntakeLimits limits,
            IngestOptions options)
            throws IOException {
        if (token.isEmpty() && !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("Whoever reaches an intake beyond this machine has to show a token.");
        }
        IntakeServer started = new IntakeServer(address, sink, token, limits, options);
        try {
            started.server.start();
            return started;
        } catch (Exception e) {
            started.close();
            throw e instanceof IOException refused ? refused : new IOException(e.getMessage(), e);
        }
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server does not stop: " + e.getMessage(), e);
        } finally {
            workers.shutdown();
            awaitWorkers();
        }
    }

    private void awaitWorkers() {
        try {
            if (!workers.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            workers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
