package io.stillwatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The spans of one {@code ExportTraceServiceRequest} in OTLP/JSON, a batch of any size: only one span at a time is a
 * tree. Every span comes out once; where the JSON breaks off, the spans before come out and the rest is rejected with
 * its bytes.
 */
final class OtlpSpans implements Iterator<Ingested> {
    private final Framed.Whole record;
    private final Deque<Ingested> ready = new ArrayDeque<>();
    private final Optional<JsonParser> parser;

    private Level level = Level.REQUEST;
    private Optional<Map<String, JsonNode>> resource = Optional.empty();
    /** Spans met before their resource, which JSON allows. */
    private final List<Slice> waiting = new ArrayList<>();

    private boolean anyTelemetry;
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
    private record Slice(int from, int to, long item) {}

    OtlpSpans(Framed.Whole record) {
        this.record = record;
        this.parser = opened();
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
            case "resourceSpans", "resource_spans" -> {
                anyTelemetry = true;
                enterList(json, name, Level.RESOURCE_LIST);
            }
            case "resourceLogs", "resource_logs", "resourceMetrics", "resource_metrics" -> {
                anyTelemetry = true;
                json.skipChildren();
                ready.add(new Ingested.Skipped(record.at(), name + " hold no spans"));
            }
            default -> json.skipChildren();
        }
    }

    private void finish(JsonParser json) throws IOException, RecordRejected {
        if (json.nextToken() != null) {
            throw Json.somethingFollows();
        }
        if (!anyTelemetry) {
            throw new RecordRejected("there are no resourceSpans, so this is no OTLP/JSON");
        }
        ended = true;
        json.close();
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
                deliverWaiting();
            }
            case "scopeSpans", "scope_spans", "instrumentationLibrarySpans" -> enterList(json, name, Level.SCOPE_LIST);
            default -> json.skipChildren();
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
            level = Level.SCOPE_LIST;
            return;
        }
        json.nextToken();
        if (name.equals("spans")) {
            enterList(json, name, Level.SPAN_LIST);
        } else {
            json.skipChildren();
        }
    }

    private void inSpans(JsonParser json) throws IOException {
        if (json.nextToken() == JsonToken.END_ARRAY) {
            level = Level.SCOPE;
            return;
        }
        item++;
        Slice slice = slice(json);
        waiting.add(slice);
        if (resource.isPresent()) {
            deliverWaiting();
        }
    }

    private Slice slice(JsonParser json) throws IOException {
        int from = (int) json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        if (json.currentToken().isScalarValue()) {
            json.finishToken();
        }
        return new Slice(from, (int) json.currentLocation().getByteOffset(), item);
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
            GenAiSpan span = new GenAiSpan(Json.object(record.bytes(), from, length), resource.orElseThrow());
            Optional<String> noModelCall = span.noModelCall();
            return noModelCall.isPresent()
                    ? new Ingested.Skipped(at, noModelCall.get())
                    : new Ingested.Accepted(span.event(), at);
        } catch (RecordRejected e) {
            return new Ingested.Rejected(at, e.getMessage(), OriginalBytes.of(record.bytes(), from, length));
        }
    }

    private void rejectRest(String cause) {
        ended = true;
        ready.add(new Ingested.Rejected(
                delivered == 0 ? record.at() : record.at().item(delivered + 1),
                cause,
                OriginalBytes.of(record.bytes(), record.from() + undelivered, record.length() - undelivered)));
    }
}
