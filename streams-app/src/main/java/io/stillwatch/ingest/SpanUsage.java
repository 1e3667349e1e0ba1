package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Map;

/** Token counts that libraries put into one attribute as JSON. */
final class SpanUsage {
    private static final String[] NAMES = {
        "langfuse.observation.usage_details",
        "mlflow.chat.tokenUsage",
        "langsmith.usage_metadata",
        "langsmith.metadata.usage_metadata",
        "braintrust.metrics",
        "gen_ai.usage.input_token_details",
        "gen_ai.usage.output_token_details",
        "response_data",
        "gcp.vertex.agent.llm_response"
    };

    private SpanUsage() {}

    /** Whether there is any such attribute. */
    static boolean isIn(Map<String, JsonNode> attributes) {
        for (String name : NAMES) {
            if (attributes.containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    static void read(Map<String, JsonNode> attributes, EventDraft draft) {
        langfuse(unpacked(attributes, "langfuse.observation.usage_details"), draft);
        simple(unpacked(attributes, "mlflow.chat.tokenUsage"), draft);
        simple(unpacked(attributes, "langsmith.usage_metadata"), draft);
        simple(unpacked(attributes, "langsmith.metadata.usage_metadata"), draft);
        simple(unpacked(attributes, "braintrust.metrics"), draft);
        draft.cachedInputTokens(
                Tree.first(unpacked(attributes, "gen_ai.usage.input_token_details"), "cache_read", "cached_tokens"));
        draft.reasoningTokens(
                Tree.first(unpacked(attributes, "gen_ai.usage.output_token_details"), "reasoning", "reasoning_tokens"));
        JsonNode response = unpacked(attributes, "response_data").path("usage");
        simple(response, draft);
        JsonNode gemini = unpacked(attributes, "gcp.vertex.agent.llm_response").path("usage_metadata");
        draft.inputTokens(gemini.path("prompt_token_count"));
        draft.outputTokens(Tree.first(gemini, "candidates_token_count"));
        draft.reasoningTokens(gemini.path("thoughts_token_count"));
        draft.cachedInputTokens(gemini.path("cached_content_token_count"));
    }

    private static void simple(JsonNode usage, EventDraft draft) {
        if (!usage.isObject()) {
            return;
        }
        draft.inputTokens(Tree.first(usage, "input_tokens", "prompt_tokens", "promptTokens"));
        draft.outputTokens(Tree.first(usage, "output_tokens", "completion_tokens", "completionTokens"));
        draft.cachedInputTokens(Tree.first(usage.path("input_token_details"), "cache_read"));
        draft.cachedInputTokens(Tree.first(usage, "cache_read_input_tokens", "prompt_cached_tokens"));
        draft.reasoningTokens(usage.path("output_token_details").path("reasoning"));
        draft.reasoningTokens(usage.path("completion_reasoning_tokens"));
    }

    /** Langfuse counts each kind of token apart: those read from a cache and those of reasoning lie beside the rest. */
    private static void langfuse(JsonNode details, EventDraft draft) {
        if (!details.isObject()) {
            return;
        }
        long input = 0;
        long output = 0;
        boolean anyInput = false;
        boolean anyOutput = false;
        for (Map.Entry<String, JsonNode> field : details.properties()) {
            String name = field.getKey();
            long tokens = Math.max(0, field.getValue().asLong());
            if (name.startsWith("input") || name.startsWith("prompt") || name.endsWith("input_tokens")) {
                input += tokens;
                anyInput = true;
            } else if (name.startsWith("output") || name.startsWith("completion")) {
                output += tokens;
                anyOutput = true;
            }
        }
        draft.inputTokens(anyInput ? JsonNodeFactory.instance.numberNode(input) : MissingNode.getInstance());
        draft.outputTokens(anyOutput ? JsonNodeFactory.instance.numberNode(output) : MissingNode.getInstance());
        draft.cachedInputTokens(Tree.first(
                details, "input_cached_tokens", "cache_read_input_tokens", "input_cache_read", "cached_tokens"));
        draft.reasoningTokens(Tree.first(details, "output_reasoning_tokens", "output_reasoning", "reasoning_tokens"));
    }

    private static JsonNode unpacked(Map<String, JsonNode> attributes, String name) {
        JsonNode value = attributes.get(name);
        return value == null ? MissingNode.getInstance() : Json.unpacked(value);
    }
}
