package io.stillwatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The spans and log records of one export request in OTLP/JSON, a batch of any size: only one of them at a time is a tree.
 * Each comes out once, as a {@link Piece}; where the JSON breaks off, those before come out and the rest is rejected with
 * its bytes.
 */
final class OtlpJson implements Iterator<Ingested> {
    /** Said of a batch that holds something, but no list of a name under which spans or log records stand. */
    static final String NOTHING_KNOWN = "a batch in which nothing is known as a span or a log record";

    private static final int LOOKED_AT = 256;
    private static final Pattern BEGINNING =
            Pattern.compile("\\{\\s*\"(resource_?(spans|logs|metrics|profiles))\"", Pattern.CASE_INSENSITIVE);

    private final Framed.Whole record;
    private final Deque<Ingested> ready = new ArrayDeque<>();
    private final Optional<JsonParser> parser;

    private Level level = Level.REQUEST;
    private Optional<Map<String, JsonNode>> resource = Optional.empty();
    private Optional<String> scope = Optional.empty();
    private boolean logs;
    /** Spans or log records met before their resource or scope, which JSON allows. */
    private final List<Slice> waiting = new ArrayList<>();

    private boolean anyTelemetry;
    /** Whether something was passed over that has a name which is not known, and may be what was meant to be read. */
    private boolean anyUnknown;

    private boolean ended;
    private long item;
    private long delivered;
    /** First byte, counted within the record, that no result has accounted for. */
    private int undelivered;

    /** Which object or array of the request the parser is in. */
    private enum Level {
        REQUEST,
        RESOURCE_LIST,
        RESOURCE,
        SCOPE_LIST,
        SCOPE,
        SPAN_LIST
    }

    /** Bytes of a span, counted within the record. */
    private record Slice(int from, int to, long item, Optional<String> scope) {
        Slice in(String known) {
            return scope.isPresent() ? this : new Slice(from, to, item, Optional.of(known));
        }
    }

    OtlpJson(Framed.Whole given) {
        this.record = given.repaired();
        this.parser = opened();
    }

    /** Whether the record names spans or the like at its top, near enough to its beginning. */
    static boolean isOtlp(byte[] bytes, int from, int length) {
        String start = new String(bytes, from, Math.min(length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        return BEGINNING.matcher(start).lookingAt();
    }

    private Optional<JsonParser> opened() {
        try {
            Json.checkText(record.bytes(), record.from(), record.length());
            JsonParser opened = Json.STREAMS.createParser(record.bytes(), record.from(), record.length());
            JsonToken first = opened.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new RecordRejected("a JSON object is expected, not " + Json.kind(first));
            }
            return Optional.of(opened);
        } catch (RecordRejected e) {
            rejectRest(e.getMessage());
        } catch (JsonProcessingException e) {
            rejectRest(Json.rejected(e).getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Optional.empty();
    }

    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && !ended) {
            advance(parser.orElseThrow());
        }
        return !ready.isEmpty();
    }

    @Override
    public Ingested next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The record is read to its end.");
        }
        return ready.remove();
    }

    private void advance(JsonParser json) {
        try {
            switch (level) {
                case REQUEST -> inRequest(json);
                case RESOURCE_LIST -> inList(json, Level.RESOURCE, Level.REQUEST);
                case RESOURCE -> inResource(json);
                case SCOPE_LIST -> inList(json, Level.SCOPE, Level.RESOURCE);
                case SCOPE -> inScope(json);
                case SPAN_LIST -> inSpans(json);
            }
        } catch (RecordRejected e) {
            rejectRest(e.getMessage());
        } catch (JsonProcessingException e) {
            rejectRest(Json.rejected(e).getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void inRequest(JsonParser json) throws IOException, RecordRejected {
        String name = json.nextFieldName();
        if (name == null) {
            finish(json);
            return;
        }
        json.nextToken();
        switch (name) {
            case "resourceSpans", "resource_spans", "resourceLogs", "resource_logs" -> {
                anyTelemetry = true;
                logs = name.endsWith("ogs");
                enterList(json, name, Level.RESOURCE_LIST);
            }
            case "resourceMetrics", "resource_metrics", "resourceProfiles", "resource_profiles" -> {
                anyTelemetry = true;
                json.skipChildren();
                ready.add(new Ingested.Skipped(record.at(), name + " hold no spans and no log records"));
            }
            default -> passOver(json);
        }
    }

    private void finish(JsonParser json) throws IOException, RecordRejected {
        if (json.nextToken() != null) {
            throw Json.somethingFollows();
        }
        if (!anyTelemetry) {
            throw new RecordRejected("there are neither resourceSpans nor resourceLogs, so this is no OTLP/JSON");
        }
        if (item == 0 && anyUnknown) {
            ready.add(new Ingested.Skipped(record.at(), NOTHING_KNOWN));
        }
        ended = true;
        json.close();
    }

    private void passOver(JsonParser json) throws IOException {
        boolean contains = json.currentToken().isStructStart();
        json.skipChildren();
        anyUnknown |= contains;
    }

    private void enterList(JsonParser json, String name, Level list) throws RecordRejected {
        if (json.currentToken() == JsonToken.START_ARRAY) {
            level = list;
        } else if (json.currentToken() != JsonToken.VALUE_NULL) {
            throw new RecordRejected(name + " must be an array, not " + Json.kind(json.currentToken()));
        }
    }

    private void inList(JsonParser json, Level element, Level outer) throws IOException, RecordRejected {
        JsonToken token = json.nextToken();
        if (token == JsonToken.START_OBJECT) {
            level = element;
            if (element == Level.RESOURCE) {
                resource = Optional.empty();
            }
        } else if (token == JsonToken.END_ARRAY) {
            level = outer;
        } else {
            throw new RecordRejected("an object is expected in the list, not " + Json.kind(token));
        }
    }

    private void inResource(JsonParser json) throws IOException, RecordRejected {
        String name = json.nextFieldName();
        if (name == null) {
            resource = resource.or(() -> Optional.of(Map.of()));
            deliverWaiting();
            level = Level.RESOURCE_LIST;
            return;
        }
        json.nextToken();
        switch (name) {
            case "resource" -> {
                resource = Optional.of(OtlpValues.attributes(object(json).path("attributes")));
                if (scope.isEmpty()) {
                    deliverWaiting();
                }
            }
            case "scopeSpans",
                    "scope_spans",
                    "instrumentationLibrarySpans",
                    "scopeLogs",
                    "scope_logs",
                    "instrumentationLibraryLogs" -> enterList(json, name, Level.SCOPE_LIST);
            default -> passOver(json);
        }
    }

    private JsonNode object(JsonParser json) throws IOException, RecordRejected {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return MissingNode.getInstance();
        }
        Slice slice = slice(json);
        return Json.object(record.bytes(), record.from() + slice.from, slice.to - slice.from);
    }

    private void inScope(JsonParser json) throws IOException, RecordRejected {
        String name = json.nextFieldName();
        if (name == null) {
            waiting.replaceAll(slice -> slice.in(scope.orElse("")));
            scope = Optional.empty();
            if (resource.isPresent()) {
                deliverWaiting();
            }
            level = Level.SCOPE_LIST;
            return;
        }
        json.nextToken();
        switch (name) {
            case "spans", "logRecords", "log_records", "logs" -> enterList(json, name, Level.SPAN_LIST);
            case "scope", "instrumentationLibrary" ->
                scope = Optional.ofNullable(Tree.text(object(json).path("name")));
            default -> passOver(json);
        }
    }

    private void inSpans(JsonParser json) throws IOException {
        if (json.nextToken() == JsonToken.END_ARRAY) {
            level = Level.SCOPE;
            return;
        }
        item++;
        if (resource.isPresent() && scope.isPresent() && waiting.isEmpty()) {
            deliverAtOnce(json, scope.get(), resource.get());
            return;
        }
        Slice slice = slice(json);
        waiting.add(scope.map(slice::in).orElse(slice));
        if (resource.isPresent() && scope.isPresent()) {
            deliverWaiting();
        }
    }

    /** What is next, where nothing has to be waited for: as a tree without a second look at its bytes. */
    private void deliverAtOnce(JsonParser json, String library, Map<String, JsonNode> ofResource) throws IOException {
        int from = (int) json.currentTokenLocation().getByteOffset();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            waiting.add(slice(json).in(library));
            deliverWaiting();
            return;
        }
        JsonNode tree = Json.tree(json, 0);
        int to = (int) json.currentLocation().getByteOffset();
        ready.add(part(tree, record.at().item(item), library, ofResource, to - from));
        undelivered = to;
        delivered = item;
    }

    private Slice slice(JsonParser json) throws IOException {
        int from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        if (json.currentToken().isScalarValue()) {
            json.finishToken();
        }
        return new Slice(from, (int) json.currentLocation().getByteOffset(), item, Optional.empty());
    }

    private void deliverWaiting() {
        for (Slice slice : waiting) {
            ready.add(ingested(slice));
            undelivered = slice.to;
            delivered = slice.item;
        }
        waiting.clear();
    }

    private Ingested ingested(Slice slice) {
        Position at = record.at().item(slice.item);
        int from = record.from() + slice.from;
        int length = slice.to - slice.from;
        try {
            JsonNode tree = Json.object(record.bytes(), from, length);
            return part(tree, at, slice.scope.orElse(""), resource.orElseThrow(), length);
        } catch (RecordRejected e) {
            return new Ingested.Rejected(at, e.getMessage(), OriginalBytes.of(record.bytes(), from, length));
        }
    }

    private Ingested part(JsonNode tree, Position at, String library, Map<String, JsonNode> ofResource, int length) {
        return new Ingested.Part(
                logs
                        ? OtlpTree.log(tree, at, library, ofResource, length)
                        : OtlpTree.span(tree, at, library, ofResource, length));
    }

    private void rejectRest(String cause) {
        ended = true;
        if (resource.isPresent()) {
            waiting.replaceAll(slice -> slice.in(scope.orElse("")));
            deliverWaiting();
        }
        ready.add(new Ingested.Rejected(
                delivered == 0 ? record.at() : record.at().item(delivered + 1),
                cause,
                OriginalBytes.of(record.bytes(), record.from() + undelivered, record.length() - undelivered)));
    }
}
