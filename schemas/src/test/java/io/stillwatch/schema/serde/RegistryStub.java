package io.stillwatch.schema.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The endpoints of an Apicurio Registry 3 that its serdes call, over schemas kept in a list: number n is the n-th. */
final class RegistryStub implements AutoCloseable {
    private static final String API = "/apis/registry/v3";
    private static final Pattern CONTENT = Pattern.compile(API + "/ids/(?:contentIds|globalIds)/(-?\\d+)");
    private static final Pattern REFERENCES = Pattern.compile(CONTENT + "/references");
    private static final Pattern LATEST =
            Pattern.compile(API + "/groups/default/artifacts/([^/]+)/versions/branch(?:=|%3D)latest");

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final List<Registered> schemas = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final AtomicInteger failuresToCome = new AtomicInteger();
    private volatile int failureStatus = 503;
    private volatile long stallMs;

    private record Registered(String artifact, String schema) {}

    RegistryStub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Registers a schema and gives its number. */
    int register(String artifact, String schema) {
        schemas.add(new Registered(artifact, schema));
        return schemas.size();
    }

    List<String> artifacts() {
        return schemas.stream().map(Registered::artifact).toList();
    }

    /** Method and path of every request so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    void failNext(int times, int status) {
        failureStatus = status;
        failuresToCome.set(times);
    }

    void stall(long ms) {
        stallMs = ms;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getRawPath();
        requests.add(exchange.getRequestMethod() + " " + path);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Thread.sleep(stallMs);
        if (failuresToCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            problem(exchange, failureStatus);
            return;
        }
        Matcher content = CONTENT.matcher(path);
        Matcher references = REFERENCES.matcher(path);
        Matcher latest = LATEST.matcher(path);
        if (path.equals(API + "/groups/default/artifacts")) {
            JsonNode request = json.readTree(body);
            String artifact = request.get("artifactId").asText();
            String schema = request.at("/firstVersion/content/content").asText();
            Registered wanted = new Registered(artifact, schema);
            int number = schemas.contains(wanted) ? schemas.indexOf(wanted) + 1 : register(artifact, schema);
            send(
                    exchange,
                    200,
                    json.writeValueAsString(Map.of(
                            "artifact", Map.of("artifactId", artifact), "version", coordinates(number, artifact))));
        } else if (path.equals(API + "/search/versions")) {
            List<Map<String, Object>> found = new ArrayList<>();
            for (int i = 0; i < schemas.size(); i++) {
                if (schemas.get(i).schema().equals(body)) {
                    found.add(coordinates(i + 1, schemas.get(i).artifact()));
                }
            }
            send(exchange, 200, json.writeValueAsString(Map.of("count", found.size(), "versions", found)));
        } else if (references.matches()) {
            send(exchange, 200, "[]");
        } else if (content.matches() && isKnown(content.group(1))) {
            send(
                    exchange,
                    200,
                    schemas.get(Integer.parseInt(content.group(1)) - 1).schema());
        } else if (latest.matches() && artifacts().contains(latest.group(1))) {
            send(
                    exchange,
                    200,
                    json.writeValueAsString(
                            coordinates(artifacts().lastIndexOf(latest.group(1)) + 1, latest.group(1))));
        } else {
            problem(exchange, 404);
        }
    }

    private boolean isKnown(String number) {
        return Integer.parseInt(number) >= 1 && Integer.parseInt(number) <= schemas.size();
    }

    private static Map<String, Object> coordinates(int number, String artifact) {
        return Map.of(
                "globalId", number, "contentId", number, "groupId", "default", "artifactId", artifact, "version", "1");
    }

    private void problem(HttpExchange exchange, int status) throws IOException {
        send(exchange, status, json.writeValueAsString(Map.of("status", status, "title", "No luck today")));
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
