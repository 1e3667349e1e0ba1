package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes of a record, or of any payload that holds some, what is in it: requests, pieces of requests, and what is none. Knows
 * neither files nor topics, so a line of a file, the value of a Kafka message and the body of an HTTP request are read alike.
 *
 * <p>A record is read in the format given, or the input's, or else the one it is in; a shipper's envelope is taken off first.
 */
final class RecordExploder {
    private static final List<InputFormat> ONLY_NATIVE = List.of(InputFormat.STILLWATCH);

    private final IngestOptions options;
    private final LinePrefix prefixes = new LinePrefix();
    private final StringBuilder dockerParts = new StringBuilder();
    private Optional<InputFormat> usual;

    RecordExploder(IngestOptions options) {
        this.options = options;
        this.usual = options.format();
    }

    /** From now on, the format to try first. */
    void expect(InputFormat format) {
        usual = usual.or(() -> Optional.of(format));
    }

    /** The formats a record may be in, its envelope taken off; of a broken one by the names before the break. */
    List<InputFormat> formats(Framed.Whole record) {
        try {
            JsonNode tree = record.bytes()[record.from()] == '{'
                    ? Json.begun(record.bytes(), record.from(), record.length())
                    : tree(record);
            List<InputFormat> formats = FormatDetector.candidates(tree);
            return formats.isEmpty()
                    ? Envelopes.inside(tree).stream()
                            .findFirst()
                            .map(FormatDetector::candidates)
                            .orElse(List.of())
                    : formats;
        } catch (RecordRejected e) {
            return List.of();
        }
    }

    private JsonNode tree(Framed.Whole record) throws RecordRejected {
        if (record.bytes()[record.from()] != '{'
                && new LinePrefix().read(record.bytes(), record.from(), record.length())
                        instanceof LinePrefix.Line.Holds holds) {
            byte[] json = holds.json().getBytes(StandardCharsets.UTF_8);
            return Json.object(json, 0, json.length);
        }
        return Json.object(record.bytes(), record.from(), record.length());
    }

    /** What the record holds. Must be used up before the next record is framed: its bytes are the framer's. */
    Iterator<Ingested> explode(Framed.Whole record) {
        byte first = record.length() == 0 ? 0 : record.bytes()[record.from()];
        if (first != '{') {
            return line(record);
        }
        if (options.mapping().isPresent()) {
            return mapped(record, options.mapping().get()).iterator();
        }
        if (usual.isPresent() && usual.get() == InputFormat.STILLWATCH) {
            return nativeRecord(record).iterator();
        }
        if (usual.isPresent()
                && usual.get() == InputFormat.OTEL
                && OtlpJson.isOtlp(record.bytes(), record.from(), record.length())) {
            return withLines(new OtlpJson(record));
        }
        return ofTree(record).iterator();
    }

    private Iterator<Ingested> line(Framed.Whole record) {
        LinePrefix.Line line = prefixes.read(record.bytes(), record.from(), record.length());
        if (line instanceof LinePrefix.Line.Holds holds) {
            byte[] json = holds.json().getBytes(StandardCharsets.UTF_8);
            return explode(new Framed.Whole(json, 0, json.length, record.at(), record.cutOff()));
        }
        if (line instanceof LinePrefix.Line.Nothing nothing) {
            return nothing.why()
                    .map(why -> Collections.<Ingested>singleton(new Ingested.Skipped(record.at(), why))
                            .iterator())
                    .orElse(Collections.emptyIterator());
        }
        return ofTree(record).iterator();
    }

    /** Parts of a long line that nothing followed, at the end of the input. */
    Optional<Ingested> left(Position at) {
        String left = prefixes.left().orElse(dockerParts.toString());
        if (left.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = left.getBytes(StandardCharsets.UTF_8);
        return Optional.of(new Ingested.Rejected(
                at, "a line that was cut into parts lacks its last", OriginalBytes.of(bytes, 0, bytes.length)));
    }

    private List<Ingested> nativeRecord(Framed.Whole record) {
        try {
            return List.of(new Ingested.Accepted(
                    NativeJsonReader.read(record.bytes(), record.from(), record.length(), options.zone()),
                    record.at()));
        } catch (RecordRejected e) {
            // It may be in an envelope; and a file may hold records of another format, too.
            return isEnvelope(record) || isOfOtherFormat(record)
                    ? ofTree(record)
                    : List.of(new Ingested.Rejected(record.at(), e.getMessage(), record.original()));
        }
    }

    private List<Ingested> mapped(Framed.Whole record, FieldMapping mapping) {
        try {
            JsonNode tree = Json.object(record.bytes(), record.from(), record.length());
            return List.of(mapping.read(new Row(tree, record.at(), options)));
        } catch (RecordRejected e) {
            return List.of(new Ingested.Rejected(record.at(), e.getMessage(), record.original()));
        }
    }

    private static boolean isEnvelope(Framed.Whole record) {
        try {
            JsonNode tree = Json.object(record.bytes(), record.from(), record.length());
            return FormatDetector.candidates(tree).isEmpty()
                    && !Envelopes.inside(tree).isEmpty();
        } catch (RecordRejected e) {
            return false;
        }
    }

    private boolean isOfOtherFormat(Framed.Whole record) {
        List<InputFormat> others = options.format().isEmpty() ? formats(record) : List.of();
        return !others.isEmpty() && !others.contains(InputFormat.STILLWATCH);
    }

    private List<Ingested> ofTree(Framed.Whole record) {
        List<Ingested> told = new ArrayList<>();
        try {
            JsonNode tree = Json.object(record.bytes(), record.from(), record.length());
            of(tree, Tree.missing(), record.at(), record::original, told);
        } catch (RecordRejected e) {
            told.add(new Ingested.Rejected(record.at(), e.getMessage(), record.original()));
        }
        return told;
    }

    private void of(
            JsonNode tree, JsonNode envelope, Position at, Supplier<OriginalBytes> original, List<Ingested> told) {
        List<InputFormat> formats = FormatDetector.candidates(tree);
        boolean fits =
                options.format().isEmpty() || formats.contains(options.format().get());
        if (!fits || formats.isEmpty()) {
            List<JsonNode> inside = Envelopes.inside(tree);
            if (!inside.isEmpty()) {
                for (JsonNode inner : inside) {
                    read(
                            inner,
                            FormatDetector.candidates(inner),
                            tree,
                            position(at, inside.size(), told.size()),
                            original,
                            told);
                }
                return;
            }
        }
        if (isDockerPart(tree, at, original, told)) {
            return;
        }
        read(tree, formats, envelope, at, original, told);
    }

    private static Position position(Position at, int of, int before) {
        return of == 1 ? at : at.item(before + 1L);
    }

    /** Docker cuts a line at 16 kB and writes each part as a record; only the last ends with a line feed. */
    private boolean isDockerPart(JsonNode tree, Position at, Supplier<OriginalBytes> original, List<Ingested> told) {
        JsonNode log = tree.path("log");
        if (!log.isTextual() || !tree.has("stream")) {
            return false;
        }
        String text = log.textValue();
        boolean ends = text.endsWith("\n");
        if (dockerParts.length() == 0 && (ends || text.indexOf('{') < 0)) {
            return false;
        }
        dockerParts.append(text);
        if (ends || dockerParts.length() > options.limits().maxRecordBytes()) {
            JsonNode whole = Json.unpacked(Tree.textNode(
                    dockerParts.substring(Math.max(0, dockerParts.indexOf("{"))).strip()));
            dockerParts.setLength(0);
            if (whole.isObject()) {
                of(whole, tree, at, original, told);
            } else {
                told.add(new Ingested.Rejected(at, "a line that was cut into parts is no JSON", original.get()));
            }
        }
        return true;
    }

    private void read(
            JsonNode tree,
            List<InputFormat> formats,
            JsonNode envelope,
            Position at,
            Supplier<OriginalBytes> original,
            List<Ingested> told) {
        try {
            Optional<InputFormat> format = options.format();
            boolean weak = formats.equals(ONLY_NATIVE) && !tree.has("event_time");
            if (format.isEmpty() && weak) {
                format = usual;
            }
            if (format.isEmpty()) {
                format = formats.size() == 1 ? Optional.of(formats.get(0)) : usual.filter(formats::contains);
            }
            if (format.isEmpty() && formats.size() > 1) {
                throw new RecordRejected(
                        "the record may be " + FormatDetector.names(formats) + "; name the format with --format");
            }
            InputFormat known = format.or(() -> usual)
                    .orElseThrow(() -> new RecordRejected("the record is in no format that Stillwatch can tell"));
            told.addAll(read(known, new Row(tree, envelope, at, options)));
        } catch (RecordRejected e) {
            told.add(new Ingested.Rejected(at, e.getMessage(), original.get()));
        }
    }

    private List<Ingested> read(InputFormat format, Row row) throws RecordRejected {
        return switch (format) {
            case STILLWATCH -> List.of(nativeRow(row));
            case OTEL -> otlp(row);
            case LITELLM -> List.of(LiteLlmPayload.read(row));
            case OPENAI -> List.of(row.record().has("custom_id") ? RowJoins.batch(row) : OpenAiExchange.read(row));
            case BEDROCK -> List.of(BedrockLog.read(row));
            case LANGFUSE -> List.of(RowJoins.langfuse(row));
            case KONG -> List.of(KongLog.read(row));
            case ENVOY -> List.of(EnvoyLog.read(row));
            case APIM -> List.of(RowJoins.apim(row));
            case VERTEX -> List.of(VertexLog.read(row));
            case CLOUDFLARE -> List.of(CloudflareLog.read(row));
        };
    }

    private Ingested nativeRow(Row row) throws RecordRejected {
        byte[] json = Utf8.encodable(row.record().toString()).getBytes(StandardCharsets.UTF_8);
        return new Ingested.Accepted(NativeJsonReader.read(json, 0, json.length, options.zone()), row.at());
    }

    /** A batch in OTLP's protobuf encoding. */
    List<Ingested> explodeProto(byte[] bytes, int from, int length, Position at) throws RecordRejected {
        List<Ingested> told = new ArrayList<>();
        withLines(OtlpProto.read(bytes, from, length, at).iterator()).forEachRemaining(told::add);
        return told;
    }

    /** A Collector that reads a gateway's log file ships each of its lines as the body of a log record. */
    private Iterator<Ingested> withLines(Iterator<Ingested> telemetry) {
        return new Iterator<>() {
            private Iterator<Ingested> line = Collections.emptyIterator();

            @Override
            public boolean hasNext() {
                return line.hasNext() || telemetry.hasNext();
            }

            @Override
            public Ingested next() {
                if (line.hasNext()) {
                    return line.next();
                }
                Ingested next = telemetry.next();
                List<Ingested> inside = next instanceof Ingested.Part part && part.piece() instanceof LogPiece log
                        ? shippedLine(log)
                        : List.of();
                if (inside.isEmpty()) {
                    return next;
                }
                line = inside.iterator();
                return line.next();
            }
        };
    }

    private List<Ingested> shippedLine(LogPiece log) {
        if (TraceAssembler.tellsOfCall(log)) {
            return List.of();
        }
        ObjectNode envelope = JsonNodeFactory.instance.objectNode();
        envelope.set("message", log.body());
        if (log.timeNs() > 0) {
            envelope.put("timestamp", log.timeNs());
        }
        List<Ingested> told = new ArrayList<>();
        for (JsonNode inner : Envelopes.inside(envelope)) {
            read(inner, FormatDetector.candidates(inner), envelope, log.at(), log::original, told);
        }
        return told;
    }

    private static List<Ingested> otlp(Row row) {
        byte[] json = Utf8.encodable(row.record().toString()).getBytes(StandardCharsets.UTF_8);
        List<Ingested> told = new ArrayList<>();
        new OtlpJson(new Framed.Whole(json, 0, json.length, row.at(), Optional.empty())).forEachRemaining(told::add);
        return told;
    }
}
