package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch of spans or log records in OTLP's protobuf encoding (opentelemetry-proto, {@code trace/v1/trace.proto}, {@code
 * logs/v1/logs.proto}, {@code common/v1/common.proto}): {@code TracesData}, {@code LogsData}, {@code MetricsData} and the
 * export requests of the same shape. None of them says which it is; a span is told from a log record by the wire types of
 * fields 7 and 8. Unknown fields are passed over.
 */
final class OtlpProto {
    /** Deepest nesting of attribute values; levels. */
    private static final int DEEPEST_VALUE = 100;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final byte[] bytes;
    private final Position at;
    private final List<Ingested> found = new ArrayList<>();
    private long item;

    private OtlpProto(byte[] bytes, Position at) {
        this.bytes = bytes;
        this.at = at;
    }

    /** Bytes of a message within the batch. */
    private record Slice(int from, int to) {}

    /**
     * Whether the bytes are a batch, as far as its outermost two levels show.
     *
     * @param length how many bytes to look at, from the first
     */
    static boolean isBatch(byte[] bytes, int from, int length) {
        try {
            OtlpProto proto = new OtlpProto(bytes, Position.record("", 1));
            List<Slice> resources = proto.messages(new Slice(from, from + length), 1);
            boolean any = false;
            for (Slice resource : resources) {
                any |= !proto.messages(resource, 2).isEmpty()
                        || !proto.messages(resource, 1).isEmpty();
            }
            return any;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Everything the batch tells.
     *
     * @throws RecordRejected if it is none
     */
    static List<Ingested> read(byte[] bytes, int from, int length, Position at) throws RecordRejected {
        OtlpProto proto = new OtlpProto(bytes, at);
        try {
            for (Slice resource : proto.messages(new Slice(from, from + length), 1)) {
                proto.resource(resource);
            }
            if (proto.found.isEmpty() && proto.holdsUnknown(new Slice(from, from + length), 0)) {
                proto.found.add(new Ingested.Skipped(at, OtlpJson.NOTHING_KNOWN));
            }
        } catch (IOException e) {
            throw new RecordRejected("the OTLP protobuf message is damaged");
        }
        return proto.found;
    }

    /**
     * Whether something stands in it, or in the resources and scopes within, that is none of the fields known there.
     *
     * @param level 0 of the batch, 1 of a resource's telemetry, 2 of a scope's
     */
    private boolean holdsUnknown(Slice slice, int level) throws IOException {
        CodedInputStream in = open(slice);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            if (level == 0 ? field != 1 : field > 3) {
                return true;
            }
            in.skipField(tag);
        }
        for (Slice inner : level == 2 ? List.<Slice>of() : messages(slice, level == 0 ? 1 : 2)) {
            if (holdsUnknown(inner, level + 1)) {
                return true;
            }
        }
        return false;
    }

    private void resource(Slice slice) throws IOException {
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        for (Slice resource : messages(slice, 1)) {
            attributes.putAll(attributes(resource, 1));
        }
        for (int field : new int[] {2, 1000}) {
            for (Slice scope : messages(slice, field)) {
                scope(scope, attributes);
            }
        }
    }

    private void scope(Slice slice, Map<String, JsonNode> resource) throws IOException {
        String name = "";
        for (Slice scope : messages(slice, 1)) {
            name = text(scope, 1);
        }
        for (Slice leaf : messages(slice, 2)) {
            item++;
            leaf(leaf, name, resource);
        }
    }

    private void leaf(Slice slice, String scope, Map<String, JsonNode> resource) throws IOException {
        switch (kind(slice)) {
            case SPAN -> found.add(new Ingested.Part(span(slice, scope, resource)));
            case LOG -> found.add(new Ingested.Part(log(slice, scope, resource)));
            case OTHER -> found.add(new Ingested.Skipped(at.item(item), "a metric is no model call"));
        }
    }

    private enum Kind {
        SPAN,
        LOG,
        OTHER
    }

    private Kind kind(Slice slice) throws IOException {
        CodedInputStream in = open(slice);
        boolean hasId = false;
        boolean looksLikeLog = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int type = WireFormat.getTagWireType(tag);
            switch (WireFormat.getTagFieldNumber(tag)) {
                case 1 -> {
                    looksLikeLog |= type == WireFormat.WIRETYPE_FIXED64;
                    hasId |= type == WireFormat.WIRETYPE_LENGTH_DELIMITED;
                }
                case 7, 8 -> {
                    if (type == WireFormat.WIRETYPE_FIXED64 && hasId) {
                        return Kind.SPAN;
                    }
                    looksLikeLog |= type == WireFormat.WIRETYPE_FIXED32 && WireFormat.getTagFieldNumber(tag) == 8;
                }
                case 11 -> looksLikeLog |= type == WireFormat.WIRETYPE_FIXED64;
                default -> {
                    // Says nothing about which of them it is.
                }
            }
            in.skipField(tag);
        }
        return looksLikeLog ? Kind.LOG : hasId && text(slice, 1).length() == 16 ? Kind.SPAN : Kind.OTHER;
    }

    private SpanPiece span(Slice slice, String scope, Map<String, JsonNode> resource) throws IOException {
        String trace = "";
        String id = "";
        String parent = "";
        String name = "";
        int kind = 0;
        long start = 0;
        long end = 0;
        int statusCode = 0;
        String statusMessage = "";
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        List<SpanPiece.Event> events = new ArrayList<>();
        CodedInputStream in = open(slice);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 0x0a -> trace = OtlpIds.of(in.readByteArray());
                case 0x12 -> id = OtlpIds.of(in.readByteArray());
                case 0x22 -> parent = OtlpIds.of(in.readByteArray());
                case 0x2a -> name = string(in);
                case 0x30 -> kind = in.readEnum();
                case 0x39 -> start = in.readFixed64();
                case 0x41 -> end = in.readFixed64();
                case 0x4a -> keyValue(message(in, slice), attributes, 0);
                case 0x5a -> {
                    Slice event = message(in, slice);
                    events.add(new SpanPiece.Event(text(event, 2), attributes(event, 3)));
                }
                case 0x7a -> {
                    Slice status = message(in, slice);
                    statusCode = (int) number(status, 3);
                    statusMessage = text(status, 2);
                }
                default -> in.skipField(tag);
            }
        }
        SpanTimes times = SpanTimes.ofNanoseconds(start, end);
        return new SpanPiece(
                at.item(item),
                trace,
                id,
                parent,
                scope,
                name,
                kind,
                times.start(),
                times.end(),
                times.problem(),
                statusCode,
                statusMessage,
                attributes,
                events,
                resource,
                weight(slice));
    }

    private LogPiece log(Slice slice, String scope, Map<String, JsonNode> resource) throws IOException {
        String trace = "";
        String id = "";
        String eventName = "";
        long time = 0;
        long observed = 0;
        JsonNode body = MissingNode.getInstance();
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        CodedInputStream in = open(slice);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 0x09 -> time = in.readFixed64();
                case 0x59 -> observed = in.readFixed64();
                case 0x2a -> body = value(message(in, slice), 0);
                case 0x32 -> keyValue(message(in, slice), attributes, 0);
                case 0x4a -> trace = OtlpIds.of(in.readByteArray());
                case 0x52 -> id = OtlpIds.of(in.readByteArray());
                case 0x62 -> eventName = string(in);
                default -> in.skipField(tag);
            }
        }
        return new LogPiece(
                at.item(item),
                trace,
                id,
                scope,
                time != 0 ? time : observed,
                observed,
                OtlpValues.eventName(eventName, attributes, body),
                body,
                attributes,
                resource,
                weight(slice));
    }

    private static int weight(Slice slice) {
        return 2 * (slice.to - slice.from) + 512;
    }

    private CodedInputStream open(Slice slice) {
        return CodedInputStream.newInstance(bytes, slice.from, slice.to - slice.from);
    }

    /** The messages in a repeated field, in order. */
    private List<Slice> messages(Slice slice, int field) throws IOException {
        List<Slice> messages = new ArrayList<>();
        CodedInputStream in = open(slice);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            boolean wanted = WireFormat.getTagFieldNumber(tag) == field
                    && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED;
            if (wanted) {
                messages.add(message(in, slice));
            } else {
                in.skipField(tag);
            }
        }
        return messages;
    }

    /** A message read by a stream over the whole of {@code outer}. */
    private static Slice message(CodedInputStream in, Slice outer) throws IOException {
        int length = in.readRawVarint32();
        int from = outer.from + in.getTotalBytesRead();
        in.skipRawBytes(length);
        return new Slice(from, from + length);
    }

    private String text(Slice slice, int field) throws IOException {
        for (Slice message : messages(slice, field)) {
            return new String(bytes, message.from, message.to - message.from, StandardCharsets.UTF_8);
        }
        return "";
    }

    private static String string(CodedInputStream in) throws IOException {
        // Not readString: what is no UTF-8 is repaired rather than refused.
        return new String(in.readByteArray(), StandardCharsets.UTF_8);
    }

    private long number(Slice slice, int field) throws IOException {
        CodedInputStream in = open(slice);
        long number = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) == field
                    && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_VARINT) {
                number = in.readRawVarint64();
            } else {
                in.skipField(tag);
            }
        }
        return number;
    }

    private Map<String, JsonNode> attributes(Slice slice, int field) throws IOException {
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        for (Slice keyValue : messages(slice, field)) {
            keyValue(keyValue, attributes, 0);
        }
        return attributes;
    }

    private void keyValue(Slice slice, Map<String, JsonNode> attributes, int depth) throws IOException {
        String key = text(slice, 1);
        for (Slice value : messages(slice, 2)) {
            JsonNode plain = value(value, depth);
            if (!plain.isNull()) {
                attributes.putIfAbsent(key, plain);
            }
        }
    }

    private JsonNode value(Slice slice, int depth) throws IOException {
        JsonNode value = NODES.nullNode();
        CodedInputStream in = open(slice);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 0x0a -> value = NODES.textNode(string(in));
                case 0x10 -> value = NODES.booleanNode(in.readBool());
                case 0x18 -> value = NODES.numberNode(in.readInt64());
                case 0x21 -> value = NODES.numberNode(in.readDouble());
                case 0x2a -> value = depth < DEEPEST_VALUE ? array(message(in, slice), depth) : skipped(in);
                case 0x32 -> value = depth < DEEPEST_VALUE ? list(message(in, slice), depth) : skipped(in);
                case 0x3a -> value = NODES.binaryNode(in.readByteArray());
                default -> in.skipField(tag);
            }
        }
        return value;
    }

    private static JsonNode skipped(CodedInputStream in) throws IOException {
        in.readByteArray();
        return NODES.nullNode();
    }

    private ArrayNode array(Slice slice, int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (Slice element : messages(slice, 1)) {
            array.add(value(element, depth + 1));
        }
        return array;
    }

    private ObjectNode list(Slice slice, int depth) throws IOException {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        for (Slice keyValue : messages(slice, 1)) {
            keyValue(keyValue, fields, depth + 1);
        }
        ObjectNode object = NODES.objectNode();
        fields.forEach(object::set);
        return object;
    }
}
