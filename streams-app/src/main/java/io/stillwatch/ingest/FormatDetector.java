package io.stillwatch.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells the format of a record by the names at its top level. */
final class FormatDetector {
    private static final Set<String> OTLP = Set.of(
            "resourceSpans", "resource_spans", "resourceLogs", "resource_logs", "resourceMetrics", "resource_metrics");
    private static final Set<String> LITELLM =
            Set.of("call_type", "model_parameters", "hidden_params", "model_map_information", "custom_llm_provider");
    private static final Set<String> NATIVE = Set.of(
            "event_time", "account_id", "event_id", "prompt", "conversation_id", "operation", "input_tokens", "links");

    private final Map<Shape, Set<String>> names = new EnumMap<>(Shape.class);

    private enum Shape {
        OBJECT,
        ARRAY,
        SCALAR
    }

    private FormatDetector() {
        for (Shape shape : Shape.values()) {
            names.put(shape, new HashSet<>());
        }
    }

    /** The format, as far as the record is JSON; empty if it looks like none. */
    static Optional<InputFormat> detect(byte[] bytes, int from, int length) {
        FormatDetector detector = new FormatDetector();
        detector.collect(bytes, from, length);
        return detector.format();
    }

    private void collect(byte[] bytes, int from, int length) {
        try (JsonParser parser = Json.STREAMS.createParser(bytes, from, length)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken value = parser.nextToken();
                names.get(shape(value)).add(name);
                parser.skipChildren();
            }
        } catch (IOException e) {
            // A record that breaks off tells its format by the names before the break; reading it finds what is wrong.
            return;
        }
    }

    private static Shape shape(JsonToken value) {
        if (value == JsonToken.START_OBJECT) {
            return Shape.OBJECT;
        }
        return value == JsonToken.START_ARRAY ? Shape.ARRAY : Shape.SCALAR;
    }

    private Optional<InputFormat> format() {
        if (anyOf(OTLP)) {
            return Optional.of(InputFormat.OTEL);
        }
        if (has("startTime") && anyOf(LITELLM)) {
            return Optional.of(InputFormat.LITELLM);
        }
        if (isExchange()) {
            return Optional.of(InputFormat.OPENAI);
        }
        return anyOf(NATIVE) ? Optional.of(InputFormat.STILLWATCH) : Optional.empty();
    }

    private boolean isExchange() {
        boolean wrapped = OpenAiExchange.REQUEST_NAMES.stream().anyMatch(this::has);
        boolean bare = has("model") && (names.get(Shape.ARRAY).contains("messages") || has("input"));
        boolean nativeRecord = has("account_id") && has("event_time") && has("prompt");
        return (wrapped && !nativeRecord) || bare || (has("custom_id") && has("response"));
    }

    private boolean anyOf(Set<String> wanted) {
        return wanted.stream().anyMatch(this::has);
    }

    private boolean has(String name) {
        return names.values().stream().anyMatch(shape -> shape.contains(name));
    }
}
