package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.text.Printable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A piece as bytes and back, so that pieces of one request find each other over a topic and are held across a restart. JSON
 * with the names of the pieces' own fields; what is empty is left out.
 */
public final class PieceCodec {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LONGEST_CAUSE = 400;

    private final IngestOptions options;

    /** @param options how rows are read that need it to make requests of them */
    public PieceCodec(IngestOptions options) {
        this.options = options;
    }

    /** The piece as bytes. */
    public static byte[] encode(Piece piece) {
        ObjectNode json = NODES.objectNode();
        Position at = piece.at();
        json.putArray("at")
                .add(at.source())
                .add(at.unit().name())
                .add(at.record())
                .add(at.item());
        json.put("weight", piece.weight());
        if (piece instanceof SpanPiece span) {
            span(span, json.putObject("span"));
        } else if (piece instanceof LogPiece log) {
            log(log, json.putObject("log"));
        } else {
            row((RowPiece) piece, json.putObject("row"));
        }
        return Utf8.encodable(json.toString()).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The piece that the bytes hold.
     *
     * @throws IllegalArgumentException with a sentence if they hold none
     */
    public Piece decode(byte[] bytes) {
        try {
            JsonNode json = Json.object(bytes, 0, bytes.length);
            JsonNode place = json.path("at");
            Position at = new Position(
                    place.path(0).asText(),
                    unit(place.path(1).asText()),
                    place.path(2).asLong(),
                    place.path(3).asLong());
            int weight = json.path("weight").asInt();
            if (json.has("span")) {
                return span(json.path("span"), at, weight);
            }
            return json.has("log") ? log(json.path("log"), at, weight) : row(json.path("row"), at, weight);
        } catch (RecordRejected e) {
            throw new IllegalArgumentException("The record is no piece of a request: " + e.getMessage() + ".", e);
        }
    }

    private static Position.Unit unit(String name) throws RecordRejected {
        for (Position.Unit unit : Position.Unit.values()) {
            if (unit.name().equals(name)) {
                return unit;
            }
        }
        throw new RecordRejected("it does not say where it stood");
    }

    private static void span(SpanPiece span, ObjectNode json) {
        put(json, "trace", span.traceId());
        put(json, "id", span.spanId());
        put(json, "parent", span.parentId());
        put(json, "scope", span.scope());
        put(json, "name", span.name());
        json.put("kind", span.kind());
        span.start().ifPresent(ms -> json.put("start", ms));
        span.end().ifPresent(ms -> json.put("end", ms));
        span.problem()
                .ifPresent(
                        problem -> json.putArray("problem").add(problem.cause()).add(problem.written()));
        json.put("status", span.statusCode());
        put(json, "message", span.statusMessage());
        put(json, "attributes", span.attributes());
        ArrayNode events = json.putArray("events");
        span.events().forEach(event -> {
            ObjectNode one = events.addObject();
            put(one, "name", event.name());
            put(one, "attributes", event.attributes());
        });
        put(json, "resource", span.resource());
    }

    private static SpanPiece span(JsonNode json, Position at, int weight) {
        List<SpanPiece.Event> events = new ArrayList<>();
        json.path("events")
                .forEach(event -> events.add(new SpanPiece.Event(text(event, "name"), map(event, "attributes"))));
        JsonNode problem = json.path("problem");
        return new SpanPiece(
                at,
                text(json, "trace"),
                text(json, "id"),
                text(json, "parent"),
                text(json, "scope"),
                text(json, "name"),
                json.path("kind").asInt(),
                time(json.path("start")),
                time(json.path("end")),
                problem.isArray()
                        ? Optional.of(new SpanTimes.Problem(
                                Printable.text(problem.path(0).asText(), LONGEST_CAUSE),
                                EventBounds.shortened(problem.path(1).asText())))
                        : Optional.empty(),
                json.path("status").asInt(),
                text(json, "message"),
                map(json, "attributes"),
                events,
                map(json, "resource"),
                weight);
    }

    private static void log(LogPiece log, ObjectNode json) {
        put(json, "trace", log.traceId());
        put(json, "id", log.spanId());
        put(json, "scope", log.scope());
        json.put("time", log.timeNs());
        json.put("observed", log.observedNs());
        put(json, "event", log.eventName());
        if (!log.body().isMissingNode()) {
            json.set("body", log.body());
        }
        put(json, "attributes", log.attributes());
        put(json, "resource", log.resource());
    }

    private static LogPiece log(JsonNode json, Position at, int weight) {
        return new LogPiece(
                at,
                text(json, "trace"),
                text(json, "id"),
                text(json, "scope"),
                json.path("time").asLong(),
                json.path("observed").asLong(),
                text(json, "event"),
                json.path("body"),
                map(json, "attributes"),
                map(json, "resource"),
                weight);
    }

    private static void row(RowPiece row, ObjectNode json) {
        json.put("tables", RowJoins.name(row.join()));
        json.put("group", row.group());
        json.put("role", row.role());
        json.put("time", row.timeMs());
        json.set("row", row.row());
    }

    private RowPiece row(JsonNode json, Position at, int weight) throws RecordRejected {
        int role = json.path("role").asInt(-1);
        if (role != 0 && role != 1) {
            throw new RecordRejected("it does not say of which table it is");
        }
        if (!json.path("row").isObject()) {
            throw new RecordRejected("it holds no row");
        }
        return new RowPiece(
                at,
                RowJoins.named(json.path("tables").asText(), options),
                text(json, "group"),
                role,
                json.path("time").asLong(),
                json.path("row"),
                weight);
    }

    private static void put(ObjectNode json, String name, String text) {
        if (!text.isEmpty()) {
            json.put(name, text);
        }
    }

    private static void put(ObjectNode json, String name, Map<String, JsonNode> values) {
        if (!values.isEmpty()) {
            ObjectNode object = json.putObject(name);
            values.forEach(object::set);
        }
    }

    private static String text(JsonNode json, String name) {
        return json.path(name).asText();
    }

    private static Optional<Long> time(JsonNode value) {
        return value.isNumber() ? Optional.of(value.asLong()) : Optional.empty();
    }

    private static Map<String, JsonNode> map(JsonNode json, String name) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        json.path(name).properties().forEach(field -> values.put(field.getKey(), field.getValue()));
        return values;
    }
}
