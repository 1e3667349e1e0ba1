package io.stillwatch.console;

import io.stillwatch.decision.Policy;
import io.stillwatch.schema.DecisionAction;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A gateway server over decisions that a test lays down. */
public final class LiveShelf implements AutoCloseable {
    private final GatewayServer server;

    private LiveShelf(GatewayServer server) {
        this.server = server;
    }

    public static LiveShelf blocking(String account) throws IOException {
        ShelfOfDecisions shelf = new ShelfOfDecisions();
        shelf.put(account, DecisionAction.BLOCK, null);
        return new LiveShelf(GatewayServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new Gatekeeper(shelf, Policy.WhenNotReady.OPEN, () -> ShelfOfDecisions.NOW_MS, System::nanoTime),
                GatewayServer.DEFAULT_ACCOUNT_HEADER));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
