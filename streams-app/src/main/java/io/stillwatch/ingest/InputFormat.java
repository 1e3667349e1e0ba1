package io.stillwatch.ingest;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A way in which gateways write down requests. {@code docs/input-formats.md} has the field mapping of each. */
public enum InputFormat {
    /** Stillwatch's own: one JSON object a line with the fields of a request event, or an Avro file of them. */
    STILLWATCH("stillwatch"),
    /** LiteLLM's {@code StandardLoggingPayload}, or the rows of its table of spend logs. */
    LITELLM("litellm"),
    /** Spans and log records of OpenTelemetry, as OTLP in JSON or protobuf. */
    OTEL("otel"),
    /** Logged pairs of a request to a model API (OpenAI's, Anthropic's, Gemini's) and its response; lines of a batch. */
    OPENAI("openai"),
    /** AWS Bedrock's model invocation log. */
    BEDROCK("bedrock"),
    /** Langfuse's export: observations with their traces. */
    LANGFUSE("langfuse"),
    /** Log entries of Kong Gateway with AI plugins. */
    KONG("kong"),
    /** Access logs of Envoy AI Gateway as JSON. */
    ENVOY("envoy"),
    /** The two tables of Azure API Management. */
    APIM("apim"),
    /** Rows of Vertex AI's request-response log. */
    VERTEX("vertex"),
    /** Logpush records of Cloudflare's AI Gateway, or its API's list of logs. */
    CLOUDFLARE("cloudflare");

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

    /** All command-line names, for help and error sentences: {@code stillwatch, litellm, otel, openai, …}. */
    public static String ids() {
        return Arrays.stream(values()).map(InputFormat::id).collect(Collectors.joining(", "));
    }
}
