package io.stillwatch.broker;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The server's listening sockets, bound before the server starts and handed to it when it asks.
 *
 * <p>Kafka wants its port numbers in the configuration. Asking the system for a free port, closing it and letting Kafka
 * open it again would leave a gap in which another process can take it; a socket that stays open has no gap, and a port
 * in use shows before anything was written.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {
    static final String HOST = "127.0.0.1";

    private static final InetAddress LOOPBACK = loopback();

    private final Map<String, ServerSocketChannel> reserved = new ConcurrentHashMap<>();

    /**
     * Binds a port for a listener.
     *
     * @return the port
     * @throws BrokerException where an exact port is taken or not ours to open
     */
    int reserve(String listener, PortChoice choice) {
        if (choice instanceof PortChoice.Exactly exactly) {
            return bindExactly(listener, exactly.port());
        }
        if (choice instanceof PortChoice.Preferably preferably) {
            try {
                return bind(listener, preferably.port());
            } catch (IOException taken) {
                return bindAny(listener);
            }
        }
        return bindAny(listener);
    }

    private int bindExactly(String listener, int port) {
        try {
            return bind(listener, port);
        } catch (BindException taken) {
            throw new BrokerException(
                    "Port " + port + " on " + HOST + " is taken or not allowed; stop the program that holds it or give"
                            + " another --port.",
                    taken);
        } catch (IOException broken) {
            throw new BrokerException("Port " + port + " on " + HOST + " cannot be opened: " + broken + ".", broken);
        }
    }

    private int bindAny(String listener) {
        try {
            return bind(listener, 0);
        } catch (IOException broken) {
            throw new BrokerException(
                    "No port on " + HOST + " can be opened for the embedded Kafka: " + broken + ".", broken);
        }
    }

    private int bind(String listener, int port) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.configureBlocking(false);
            channel.bind(new InetSocketAddress(LOOPBACK, port));
        } catch (IOException failed) {
            channel.close();
            throw failed;
        }
        reserved.put(listener, channel);
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int listenBacklogSize, int receiveBufferSize) {
        ServerSocketChannel channel = reserved.remove(listenerName);
        if (channel == null) {
            throw new IllegalStateException("No socket was reserved for listener " + listenerName + ".");
        }
        return channel;
    }

    /** Closes what the server never asked for; the rest is the server's. */
    @Override
    public void close() {
        for (ServerSocketChannel channel : reserved.values()) {
            Utils.closeQuietly(channel, "a socket the server never asked for");
        }
        reserved.clear();
    }

    private static InetAddress loopback() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (UnknownHostException onlyForOddLengths) {
            throw new IllegalStateException(onlyForOddLengths);
        }
    }
}
