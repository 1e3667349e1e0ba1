package io.stillwatch.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.text.JsonLine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server for those who run the process, apart from the one for gateways.
 *
 * <pre>
 *  GET  /metrics        Prometheus' text format
 *  GET  /health/live    200 while it can do its work, 503 where it has to be started anew
 *  GET  /health/ready   200 while it does its work; 503 with how far it is, while it restores or rebalances
 *  GET  /info           release, Java, what it runs on
 * </pre>
 */
public final class ManagementServer implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 64;
    private static final int MOST_THREADS = 6;
    private static final int LEAST_THREADS = 3;
    private static final long IDLE_MS = 60_000;
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String JSON = "application/json";

    private final Server server;
    private final ServerConnector connector;

    private ManagementServer(
            InetSocketAddress address, Health health, Supplier<String> metrics, Map<String, String> info) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("stillwatch-management");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(IDLE_MS);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        server.setErrorHandler(new PlainErrors());
        server.setHandler(new Pages(health, metrics, info));
    }

    /**
     * Begins to listen.
     *
     * @param address with port 0 for any free one
     * @param metrics gives them in Prometheus' text format
     * @param info what is told at {@code /info}
     * @throws IOException where the address cannot be had
     */
    public static ManagementServer start(
            InetSocketAddress address, Health health, Supplier<String> metrics, Map<String, String> info)
            throws IOException {
        ManagementServer started = new ManagementServer(address, health, metrics, info);
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
        }
    }

    /** Gathering the metrics asks other threads' objects, so it does not run on the one that reads requests. */
    private static final class Pages extends Handler.Abstract {
        private final Health health;
        private final Supplier<String> metrics;
        private final Map<String, String> info;

        Pages(Health health, Supplier<String> metrics, Map<String, String> info) {
            this.health = health;
            this.metrics = metrics;
            this.info = Map.copyOf(info);
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = String.valueOf(request.getHttpURI().getPath());
            if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
                send(response, callback, 405, JSON, error("This can only be read."));
                return true;
            }
            switch (path) {
                case "/metrics" -> send(response, callback, 200, PROMETHEUS, metrics.get());
                case "/health/live" -> {
                    Health.State now = health.now();
                    send(response, callback, now.live() ? 200 : 503, JSON, json(now, now.live()));
                }
                case "/health/ready" -> {
                    Health.State now = health.now();
                    send(response, callback, now.ready() ? 200 : 503, JSON, json(now, now.ready()));
                }
                case "/info" -> send(response, callback, 200, JSON, told());
                default -> send(response, callback, 404, JSON, error("There is nothing at this path."));
            }
            return true;
        }

        private static String error(String sentence) {
            return "{\"error\":\"" + sentence + "\"}\n";
        }

        private String told() {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            info.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(entry -> answer.set(entry.getKey(), JsonLine.text(entry.getValue())));
            return JsonLine.of(answer) + "\n";
        }

        private static String json(Health.State state, boolean good) {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.put("ok", good);
            answer.put("status", state.status());
            state.reason().ifPresent(reason -> answer.set("reason", JsonLine.text(reason)));
            if (state.stores() > 0) {
                ObjectNode restoring = answer.putObject("restoring");
                restoring.put("stores", state.stores());
                restoring.put("records", state.restored());
                restoring.put("of", state.toRestore());
                restoring.put(
                        "share",
                        state.toRestore() == 0 ? 1 : Math.min(1, (double) state.restored() / state.toRestore()));
            }
            return JsonLine.of(answer) + "\n";
        }

        private static void send(Response response, Callback callback, int status, String type, String text) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        }
    }
}
