package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Tells the format of a record by several of its names at once. A format that some product defines goes before the two that
 * anybody may have made up around a request, of which a home-made log has many shapes.
 */
final class FormatDetector {
    private static final String[] OTLP = {
        "resourceSpans", "resource_spans", "resourceLogs", "resource_logs", "resourceMetrics", "resource_metrics"
    };

    private final JsonNode record;

    private FormatDetector(JsonNode record) {
        this.record = record;
    }

    /** The formats the record may be in: none, one, or several that nothing tells apart. */
    static List<InputFormat> candidates(JsonNode record) {
        return record.isObject() ? new FormatDetector(record).candidates() : List.of();
    }

    /** The format of the record, empty if it looks like none or like several. */
    static Optional<InputFormat> detect(JsonNode record) {
        List<InputFormat> candidates = candidates(record);
        return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
    }

    /** {@code litellm and kong}. */
    static String names(List<InputFormat> formats) {
        return formats.stream().map(InputFormat::id).collect(Collectors.joining(" and "));
    }

    private List<InputFormat> candidates() {
        if (any(OTLP)) {
            return List.of(InputFormat.OTEL);
        }
        List<InputFormat> found = new ArrayList<>();
        add(found, InputFormat.BEDROCK, isBedrock());
        add(found, InputFormat.LITELLM, isLiteLlm());
        add(found, InputFormat.KONG, has("started_at") && (record.path("ai").isObject() || has("latencies")));
        add(found, InputFormat.LANGFUSE, isLangfuse());
        add(found, InputFormat.APIM, isApim());
        add(found, InputFormat.CLOUDFLARE, isCloudflare());
        add(found, InputFormat.VERTEX, has("full_request") && any("logging_time", "model", "endpoint", "api_method"));
        add(found, InputFormat.ENVOY, isEnvoy());
        if (!found.isEmpty()) {
            return found;
        }
        boolean nativeRecord = has("account_id") && has("event_time") && has("prompt");
        if (!nativeRecord && isExchange()) {
            return List.of(InputFormat.OPENAI);
        }
        return any("event_time", "account_id", "event_id", "prompt") ? List.of(InputFormat.STILLWATCH) : List.of();
    }

    private static void add(List<InputFormat> found, InputFormat format, boolean is) {
        if (is) {
            found.add(format);
        }
    }

    private boolean isBedrock() {
        return record.path("schemaType").asText().equals("ModelInvocationLog")
                || (has("modelId") && has("requestId") && record.path("input").has("inputContentType"));
    }

    private boolean isLiteLlm() {
        boolean payload = has("startTime")
                && any(
                        "call_type",
                        "model_parameters",
                        "hidden_params",
                        "model_map_information",
                        "custom_llm_provider");
        return payload || (has("request_id") && has("api_key") && has("call_type"));
    }

    private boolean isLangfuse() {
        boolean observation = any("trace_id", "traceId")
                && (any("provided_model_name", "usage_details", "tool_definitions", "completion_start_time")
                        || (has("type") && any("start_time", "startTime") && any("level", "model_parameters")));
        boolean trace = has("id")
                && has("timestamp")
                && any("user_id", "userId")
                && any("session_id", "sessionId")
                && any("bookmarked", "public", "release", "tags")
                && !any("request", "request_body", "model", "messages");
        return observation || trace;
    }

    private boolean isApim() {
        return has("CorrelationId")
                && any(
                        "DeploymentName",
                        "PromptTokens",
                        "RequestMessages",
                        "ResponseMessages",
                        "ApimSubscriptionId",
                        "CallerIpAddress",
                        "correlationId",
                        "BackendMethod");
    }

    private boolean isCloudflare() {
        boolean logpush = has("Gateway") && has("Provider") && any("Model", "RequestedModel");
        return logpush || (has("tokens_in") && has("tokens_out") && any("provider", "model", "request_type"));
    }

    private boolean isEnvoy() {
        return any("gen_ai.request.model", "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens")
                && any("response_code", "x-request-id", "start_time", "upstream_host");
    }

    private boolean isExchange() {
        boolean wrapped = false;
        for (String name : OpenAiExchange.REQUEST_NAMES) {
            wrapped |= isContainer(Tree.folded(record, name));
        }
        boolean chat = Json.unpacked(Tree.folded(record, "messages")).isArray();
        boolean bare = Tree.folded(record, "model").isTextual()
                && (chat
                        || (any("input", "prompt") && !has("event_time"))
                        || record.path("contents").isArray());
        boolean batch = has("custom_id") && any("body", "params", "response", "result");
        return wrapped || bare || batch;
    }

    private static boolean isContainer(JsonNode node) {
        return node.isObject()
                || (node.isTextual() && node.textValue().stripLeading().startsWith("{"));
    }

    private boolean any(String... names) {
        for (String name : names) {
            if (has(name)) {
                return true;
            }
        }
        return false;
    }

    private boolean has(String name) {
        return record.has(name);
    }
}
