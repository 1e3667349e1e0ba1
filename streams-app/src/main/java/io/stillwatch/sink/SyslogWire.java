package io.stillwatch.sink;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** How syslog messages travel. After a failure the next message begins anew. */
sealed interface SyslogWire {
    void send(byte[] message) throws IOException;

    void close();

    /** A datagram a message. */
    final class Datagrams implements SyslogWire {
        private final String host;
        private final int port;
        private volatile @Nullable DatagramSocket socket;

        Datagrams(String host, int port) {
            this.host = host;
            this.port = port;
        }

        @Override
        public void send(byte[] message) throws IOException {
            DatagramSocket open = socket;
            if (open == null) {
                open = new DatagramSocket();
                socket = open;
            }
            // Looked up for every message: an address that changes is found again without a restart.
            open.send(new DatagramPacket(message, message.length, InetAddress.getByName(host), port));
        }

        @Override
        public void close() {
            DatagramSocket open = socket;
            socket = null;
            if (open != null) {
                open.close();
            }
        }
    }

    /** One connection, with or without TLS; each message has its length before it. */
    final class Stream implements SyslogWire {
        private static final int CONNECT_WITHIN_MS = 10_000;

        private final String host;
        private final int port;
        private final boolean encrypted;
        /** Closed by another thread where a message is stuck on it. */
        private volatile @Nullable Socket socket;

        Stream(String host, int port, boolean encrypted) {
            this.host = host;
            this.port = port;
            this.encrypted = encrypted;
        }

        @Override
        public void send(byte[] message) throws IOException {
            Socket open = socket;
            if (open != null && isOver(open)) {
                close();
                open = null;
            }
            if (open == null) {
                open = connect();
                socket = open;
            }
            ByteArrayOutputStream framed = new ByteArrayOutputStream(message.length + 8);
            framed.writeBytes((message.length + " ").getBytes(StandardCharsets.US_ASCII));
            framed.writeBytes(message);
            open.getOutputStream().write(framed.toByteArray());
            open.getOutputStream().flush();
        }

        /** A connection the other side has closed takes one more message into nowhere, unless it is looked at before. */
        private static boolean isOver(Socket socket) {
            try {
                socket.setSoTimeout(1);
                return socket.getInputStream().read() < 0;
            } catch (SocketTimeoutException silent) {
                return false;
            } catch (IOException broken) {
                return true;
            }
        }

        private Socket connect() throws IOException {
            Socket plain = new Socket();
            try {
                plain.connect(new InetSocketAddress(host, port), CONNECT_WITHIN_MS);
                plain.setKeepAlive(true);
                return encrypted ? secured(plain) : plain;
            } catch (IOException | RuntimeException e) {
                plain.close();
                throw e instanceof IOException failed
                        ? failed
                        : new ConnectException(e.getClass().getSimpleName());
            }
        }

        private Socket secured(Socket plain) throws IOException {
            SSLSocket secure = (SSLSocket)
                    ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
            SSLParameters parameters = secure.getSSLParameters();
            // The JDK compares a certificate with the host's name only where it is told to.
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            secure.setSSLParameters(parameters);
            secure.setSoTimeout(CONNECT_WITHIN_MS);
            secure.startHandshake();
            return secure;
        }

        @Override
        public void close() {
            Socket open = socket;
            socket = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException e) {
                    // It is of no use any more, closed or not.
                }
            }
        }
    }
}
