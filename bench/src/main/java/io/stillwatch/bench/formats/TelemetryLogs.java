package io.stillwatch.bench.formats;

import static io.stillwatch.bench.formats.Sample.account;
import static io.stillwatch.bench.formats.Sample.messages;
import static io.stillwatch.bench.formats.Sample.prompt;
import static io.stillwatch.bench.formats.Sample.time;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** Spans and log records of OpenTelemetry, as JSON and as protobuf, each by itself and many in a batch. */
final class TelemetryLogs {
    /** What a Collector's batch processor makes of many spans; count. */
    private static final int BATCH = 100;

    private TelemetryLogs() {}

    static List<Kind> kinds() {
        return List.of(
                Kind.lines("otel JSON", number -> json(List.of(span(number, true)))),
                batchesOfLines(),
                // The span without its prompt, which stands in a log record that comes after it.
                Kind.lines(
                        "otel JSON + log",
                        number -> json(List.of(span(number, false))) + "\n" + jsonLog(number)),
                Kind.bytes("otel protobuf", requests -> protobuf(requests, 1)),
                Kind.bytes("otel protobuf x100", requests -> protobuf(requests, BATCH)));
    }

    private static Kind batchesOfLines() {
        Kind single = Kind.lines("otel JSON x100", TelemetryLogs::line);
        return new Kind(
                single.name(),
                requests -> {
                    ByteArrayOutputStream log = new ByteArrayOutputStream();
                    for (int first = 0; first < requests; first += BATCH) {
                        List<Span> spans = new ArrayList<>();
                        for (int number = first; number < Math.min(requests, first + BATCH); number++) {
                            spans.add(span(number, true));
                        }
                        log.writeBytes((json(spans) + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                    return log.toByteArray();
                },
                single.reading(),
                true);
    }

    private static String line(int number) {
        return json(List.of(span(number, true)));
    }

    private record Attribute(String key, String value) {}

    private record Span(int number, List<Attribute> attributes) {}

    private static Span span(int number, boolean prompt) {
        List<Attribute> attributes = new ArrayList<>(List.of(
                new Attribute("gen_ai.operation.name", "chat"),
                new Attribute("gen_ai.provider.name", "openai"),
                new Attribute("gen_ai.request.model", "m"),
                new Attribute("gen_ai.usage.input_tokens", "70"),
                new Attribute("gen_ai.usage.output_tokens", "500"),
                new Attribute("gen_ai.response.finish_reasons", "stop")));
        if (prompt) {
            attributes.add(3, new Attribute("gen_ai.input.messages", messages(number)));
        }
        return new Span(number, attributes);
    }

    private static String traceId(int number) {
        return String.format("%032x", number + 1);
    }

    private static String spanId(int number) {
        return String.format("%016x", number + 1);
    }

    /** Spans of one resource, so of one account. */
    private static String json(List<Span> spans) {
        StringBuilder listed = new StringBuilder();
        for (Span span : spans) {
            int number = span.number;
            listed.append(listed.length() == 0 ? "" : ",")
                    .append("{\"traceId\":\"")
                    .append(traceId(number))
                    .append("\",\"spanId\":\"")
                    .append(spanId(number))
                    .append("\",\"name\":\"chat m\",\"startTimeUnixNano\":\"")
                    .append(time(number))
                    .append("000000\",\"endTimeUnixNano\":\"")
                    .append(time(number) + 900)
                    .append("000000\",\"attributes\":[")
                    .append(keyValues(span.attributes))
                    .append("]}");
        }
        return "{\"resourceSpans\":[{\"resource\":{\"attributes\":["
                + keyValues(List.of(new Attribute("account.id", account(spans.get(0).number))))
                + "]},\"scopeSpans\":[{\"scope\":{\"name\":\"s\"},\"spans\":[" + listed + "]}]}]}";
    }

    private static String keyValues(List<Attribute> attributes) {
        StringBuilder listed = new StringBuilder();
        for (Attribute attribute : attributes) {
            listed.append(listed.length() == 0 ? "" : ",")
                    .append("{\"key\":\"")
                    .append(attribute.key)
                    .append("\",\"value\":{\"stringValue\":")
                    .append(Sample.quoted(attribute.value))
                    .append("}}");
        }
        return listed.toString();
    }

    private static String jsonLog(int number) {
        return "{\"resourceLogs\":[{\"resource\":{\"attributes\":["
                + keyValues(List.of(new Attribute("account.id", account(number))))
                + "]},\"scopeLogs\":[{\"scope\":{\"name\":\"s\"},\"logRecords\":[{\"timeUnixNano\":\"" + time(number)
                + "000000\",\"traceId\":\"" + traceId(number) + "\",\"spanId\":\"" + spanId(number)
                + "\",\"eventName\":\"gen_ai.user.message\",\"body\":{\"kvlistValue\":{\"values\":["
                + keyValues(List.of(new Attribute("content", prompt(number)))) + "]}}}]}]}]}";
    }

    private static byte[] protobuf(int requests, int batch) {
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        for (int first = 0; first < requests; first += batch) {
            List<Span> spans = new ArrayList<>();
            for (int number = first; number < Math.min(requests, first + batch); number++) {
                spans.add(span(number, true));
            }
            log.writeBytes(batch(spans));
        }
        return log.toByteArray();
    }

    private static byte[] batch(List<Span> spans) {
        byte[] resource =
                message(out -> out.writeByteArray(1, attribute(new Attribute("account.id", account(spans.get(0).number)))));
        byte[] scope = message(out -> {
            out.writeByteArray(1, message(named -> named.writeString(1, "s")));
            for (Span span : spans) {
                out.writeByteArray(2, span(span));
            }
        });
        return message(out -> out.writeByteArray(1, message(listed -> {
            listed.writeByteArray(1, resource);
            listed.writeByteArray(2, scope);
        })));
    }

    private static byte[] span(Span span) {
        IntFunction<Integer> one = index -> span.number >>> 8 * index & 0xff;
        return message(out -> {
            byte[] trace = new byte[16];
            byte[] id = new byte[8];
            for (int index = 0; index < 4; index++) {
                trace[15 - index] = one.apply(index).byteValue();
                id[7 - index] = one.apply(index).byteValue();
            }
            trace[0] = 1;
            id[0] = 1;
            out.writeByteArray(1, trace);
            out.writeByteArray(2, id);
            out.writeString(5, "chat m");
            out.writeFixed64(7, time(span.number) * 1_000_000);
            out.writeFixed64(8, (time(span.number) + 900) * 1_000_000);
            for (Attribute attribute : span.attributes) {
                out.writeByteArray(9, attribute(attribute));
            }
        });
    }

    private static byte[] attribute(Attribute attribute) {
        return message(out -> {
            out.writeString(1, attribute.key);
            out.writeByteArray(2, message(any -> any.writeString(1, attribute.value)));
        });
    }

    private interface Fields {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
