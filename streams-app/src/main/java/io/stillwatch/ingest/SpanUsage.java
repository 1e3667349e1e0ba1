package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Token counts that libraries put into one attribute as JSON. */
final class SpanUsage {
    private static final List<Counts> COUNTS = List.of(
            new Counts("langfuse.observation.usage_details", SpanUsage::langfuse),
            new Counts("mlflow.chat.tokenUsage", SpanUsage::simple),
            new Counts("langsmith.usage_metadata", SpanUsage::simple),
            new Counts("langsmith.metadata.usage_metadata", SpanUsage::simple),
            new Counts("braintrust.metrics", SpanUsage::simple),
            new Counts(
                    "gen_ai.usage.input_token_details",
                    (details, draft) -> draft.cachedInputTokens(Tree.first(details, "cache_read", "cached_tokens"))),
            new Counts(
                    "gen_ai.usage.output_token_details",
                    (details, draft) -> draft.reasoningTokens(Tree.first(details, "reasoning", "reasoning_tokens"))),
            new Counts("response_data", (response, draft) -> simple(response.path("usage"), draft)),
            new Counts("gcp.vertex.agent.llm_response", SpanUsage::gemini));

    /**
     * An attribute with counts.
     *
     * @param name of the attribute
     * @param reader notes what the unpacked attribute counts
     */
    private record Counts(String name, BiConsumer<JsonNode, EventDraft> reader) {}

    private SpanUsage() {}

    /** Whether there is any such attribute. */
    static boolean isIn(Map<String, JsonNode> attributes) {
        for (Counts counts : COUNTS) {
            if (attributes.containsKey(counts.name)) {
                return true;
            }
        }
        return false;
    }

    static void read(Map<String, JsonNode> attributes, EventDraft draft) {
        COUNTS.forEach(counts -> counts.reader.accept(unpacked(attributes, counts.name), draft));
    }

    private static void gemini(JsonNode response, EventDraft draft) {
        JsonNode usage = response.path("usage_metadata");
        draft.inputTokens(usage.path("prompt_token_count"));
        draft.outputTokens(Tree.first(usage, "candidates_token_count"));
        draft.reasoningTokens(usage.path("thoughts_token_count"));
        draft.cachedInputTokens(usage.path("cached_content_token_count"));
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
