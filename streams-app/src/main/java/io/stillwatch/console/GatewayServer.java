package io.stillwatch.console;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The HTTP server that gateways ask, HTTP/1.1 with connections kept open.
 *
 * <pre>
 *  any  /ext_authz[/…]               Envoy's HTTP ext_authz: 200, 401, 403, 429, or 503
 *  any  /auth_request[/…]            nginx's auth_request: 200, 401 or 403, the status meant in a header
 *  GET  /v1/accounts/{id}/decision   what was decided, as JSON
 *  GET  /v1/status                   readiness and server times
 *  GET  /healthz, /readyz            for whoever starts processes
 * </pre>
 */
public final class GatewayServer implements AutoCloseable {
    /** Where gateways name the account unless another header is given. */
    public static final String DEFAULT_ACCOUNT_HEADER = "x-account-id";

    /** What follows that name in the header that has the account percent-encoded: any account can be named in it. */
    public static final String ENCODED = "-encoded";

    private static final int MOST_CONNECTIONS = 4_096;
    private static final int MOST_HEADER_BYTES = 64 << 10;
    private static final int MOST_THREADS = 16;
    private static final int LEAST_THREADS = 4;
    private static final Duration IDLE = Duration.ofMinutes(2);

    private final Server server;
    private final ServerConnector connector;
    private final ServerTime times = new ServerTime();

    private GatewayServer(InetSocketAddress address, Gatekeeper gatekeeper, String accountHeader, Watcher watcher) {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("stillwatch-http");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        configuration.setRequestHeaderSize(MOST_HEADER_BYTES);
        // Envoy passes the path that its client asked for, whatever that is; nothing here is a file.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        connector = new ServerConnector(server, new HttpConnectionFactory(configuration));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setIdleTimeout(IDLE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        server.setErrorHandler(new PlainErrors());
        server.setHandler(new GatewayHandler(gatekeeper, accountHeader, times, watcher));
    }

    /**
     * Begins to listen.
     *
     * @param address with port 0 for any free one
     * @param accountHeader header in which the gateway names the account
     * @throws IOException where the address cannot be had
     */
    public static GatewayServer start(InetSocketAddress address, Gatekeeper gatekeeper, String accountHeader)
            throws IOException {
        return start(address, gatekeeper, accountHeader, (verdict, nanos) -> {});
    }

    /** Is told of every answer to a gateway. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * Takes note of an answer; called on the thread that gave it.
         *
         * @param verdict a word for it: pass, throttled, challenged, blocked or unknown; read where a decision was only looked up
         * @param nanos how long it took
         */
        void answered(String verdict, long nanos);
    }

    /** The same with somebody who watches. */
    public static GatewayServer start(
            InetSocketAddress address, Gatekeeper gatekeeper, String accountHeader, Watcher watcher)
            throws IOException {
        GatewayServer started = new GatewayServer(address, gatekeeper, accountHeader, watcher);
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

    /** How long look-ups took here. */
    public ServerTime times() {
        return times;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The HTTP server does not stop: " + e.getMessage(), e);
        }
    }
}
