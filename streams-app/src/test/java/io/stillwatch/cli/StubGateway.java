package io.stillwatch.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A gateway in front of a model API that does as Envoy's ext_authz filter: it asks with the client's method, path and
 * account, lets the request through on 200, and otherwise hands the answer on.
 */
final class StubGateway implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final HttpServer server;
    private final int authorityPort;

    StubGateway(int authorityPort) throws IOException {
        this.authorityPort = authorityPort;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(URI.create(
                                    "http://127.0.0.1:" + authorityPort + "/ext_authz" + exchange.getRequestURI()))
                            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody())
                            .header("x-account-id", exchange.getRequestHeaders().getFirst("x-account-id"))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            byte[] body = answer.statusCode() == 200 ? StubModel.ANSWER : answer.body();
            answer.headers()
                    .firstValue("retry-after")
                    .ifPresent(seconds -> exchange.getResponseHeaders().set("retry-after", seconds));
            exchange.sendResponseHeaders(answer.statusCode(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
