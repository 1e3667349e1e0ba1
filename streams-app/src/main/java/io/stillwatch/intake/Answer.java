package io.stillwatch.intake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.CodedOutputStream;
import io.stillwatch.text.JsonLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What senders are told, each in its own way.
 *
 * @param mediaType of the body
 */
@SuppressWarnings("ArrayRecordComponent") // sent at once, never compared
record Answer(int status, String mediaType, byte[] body) {
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/x-protobuf";

    /** How a sender wants to be told. */
    enum Style {
        /** Our own JSON. */
        PLAIN,
        /** OTLP's, in JSON: {@code ExportTraceServiceResponse} and the like, {@code google.rpc.Status} for failures. */
        OTLP_JSON,
        /** The same in protobuf. */
        OTLP_PROTOBUF
    }

    /** All of it was taken, but for what the tally says. */
    static Answer taken(IntakeTally tally, Style style, Path path) {
        if (tally.accepted() == 0 && tally.skipped() == 0 && tally.rejected() > 0 && style != Style.PLAIN) {
            // OTLP's word for bad data: the sender must not send it again.
            return refused(400, tally.sentence() + ".", style);
        }
        return switch (style) {
            case PLAIN -> plain(tally);
            case OTLP_JSON -> {
                ObjectNode answer = JsonNodeFactory.instance.objectNode();
                if (tally.rejected() > 0) {
                    // A 64-bit number is a text in protobuf's JSON.
                    answer.putObject("partialSuccess")
                            .put(path.rejectedName(), Long.toString(tally.rejected()))
                            .put("errorMessage", tally.sentence());
                }
                yield new Answer(200, JSON, line(answer));
            }
            case OTLP_PROTOBUF -> new Answer(200, PROTOBUF, partialSuccess(tally));
        };
    }

    private static Answer plain(IntakeTally tally) {
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("accepted", tally.accepted())
                .put("rejected", tally.rejected())
                .put("skipped", tally.skipped());
        if (!tally.causes().isEmpty()) {
            ArrayNode causes = answer.putArray("causes");
            tally.causes().forEach(causes::add);
        }
        boolean nothing = tally.accepted() == 0 && tally.skipped() == 0 && tally.rejected() > 0;
        return new Answer(nothing ? 400 : 200, JSON, line(answer));
    }

    /** It was not taken. */
    static Answer refused(int status, String sentence, Style style) {
        return switch (style) {
            case PLAIN ->
                new Answer(
                        status, JSON, line(JsonNodeFactory.instance.objectNode().put("error", sentence)));
            case OTLP_JSON ->
                new Answer(
                        status,
                        JSON,
                        line(JsonNodeFactory.instance
                                .objectNode()
                                .put("code", rpcCode(status))
                                .put("message", sentence)));
            case OTLP_PROTOBUF -> new Answer(status, PROTOBUF, rpcStatus(status, sentence));
        };
    }

    /** {@code google.rpc.Code} for an HTTP status. */
    private static int rpcCode(int status) {
        return switch (status) {
            case 401 -> 16;
            case 413, 429 -> 8;
            case 404 -> 5;
            case 503 -> 14;
            default -> 3;
        };
    }

    private static byte[] line(ObjectNode json) {
        return (JsonLine.of(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** {@code partial_success = 1 {rejected_… = 1, error_message = 2}}; nothing where all was taken. */
    private static byte[] partialSuccess(IntakeTally tally) {
        if (tally.rejected() == 0) {
            return new byte[0];
        }
        byte[] inner = message(out -> {
            out.writeInt64(1, tally.rejected());
            out.writeString(2, tally.sentence());
        });
        return message(out -> out.writeByteArray(1, inner));
    }

    /** {@code google.rpc.Status}: {@code code = 1, message = 2}. */
    private static byte[] rpcStatus(int status, String sentence) {
        return message(out -> {
            out.writeInt32(1, rpcCode(status));
            out.writeString(2, sentence);
        });
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
