package io.stillwatch.console;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends headers exactly as they are given, which no proper client does. */
public final class ForgingClient {
    private ForgingClient() {}

    /** The status that a gateway answers a request to the model API with. */
    public static int ask(int port, List<String> headers) throws IOException {
        return send(port, "POST /v1/messages HTTP/1.1", headers).status();
    }

    /** The status of a check request as Envoy makes it. */
    public static int authorize(int port, List<String> headers) throws IOException {
        return send(port, "POST /ext_authz/v1/messages HTTP/1.1", headers).status();
    }

    static RawAnswer send(int port, String line, List<String> headers) throws IOException {
        StringBuilder request = new StringBuilder(line).append("\r\nhost: x\r\ncontent-length: 0\r\n");
        headers.forEach(header -> request.append(header).append("\r\n"));
        request.append("\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            return RawAnswer.read(socket.getInputStream());
        }
    }
}
