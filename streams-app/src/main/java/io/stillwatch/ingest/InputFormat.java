package io.stillwatch.ingest;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A way in which gateways write down requests. {@code docs/input-formats.md} has the field mapping of each. */
public enum InputFormat {
    /** Stillwatch's own: one JSON object a line with the fields of a request event, or an Avro file of them. */
    STILLWATCH("stillwatch"),
    /** LiteLLM's {@code StandardLoggingPayload}. */
    LITELLM("litellm"),
    /** OpenTelemetry GenAI spans as OTLP/JSON. */
    OTEL("otel"),
    /** Logged pairs of an OpenAI-style request and its response. */
    OPENAI("openai");

    private final String id;

    InputFormat(String id) {
        this.id = id;
    }

    /** The name used on the command line. */
    public String id() {
        return id;
    }

    /** The format of that command-line name, empty if there is none. */
    public static Optional<InputFormat> withId(String id) {
        return Arrays.stream(values()).filter(format -> format.id.equals(id)).findFirst();
    }

    /** All command-line names, for help and error sentences: {@code stillwatch, litellm, otel, openai}. */
    public static String ids() {
        return Arrays.stream(values()).map(InputFormat::id).collect(Collectors.joining(", "));
    }
}
