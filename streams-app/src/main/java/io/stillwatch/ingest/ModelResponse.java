package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.schema.RequestEvent;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The response of a model API: its usage, why it ended, what the provider refused. Never its text. As one object, as the list
 * of the chunks it was streamed in, or as the text of those (server-sent events).
 */
final class ModelResponse {
    private static final int LONGEST_CODE = 128;

    private ModelResponse() {}

    /** Notes what the response says; what it does not say stays as it is. */
    static void read(JsonNode given, EventDraft draft) {
        JsonNode response = whole(given);
        RequestEvent event = draft.event;
        usage(Tree.firstFolded(response, "usage", "usageMetadata"), draft);
        if (event.getFinishReason() == null) {
            event.setFinishReason(finishReason(response));
        }
        if (event.getRefusalCategory() == null) {
            event.setRefusalCategory(Tree.text(
                    Tree.first(response, "stop_details", "stopDetails").path("category")));
        }
        JsonNode transformations = response.path("input_transformations");
        if (transformations.isArray() && !transformations.isEmpty()) {
            event.setDroppedReasoning(transformations.size());
        }
        error(Tree.first(response, "error"), draft);
        JsonNode tier = response.path("usage").path("service_tier");
        if (tier.isTextual()) {
            draft.attribute("usage.service_tier", tier);
        }
    }

    /** The response as one object, whatever it was logged as; a missing node where that is not known. */
    static JsonNode whole(JsonNode given) {
        JsonNode response = Json.unpacked(given);
        if (response.isTextual()) {
            return events(response.textValue()).map(ModelResponse::merged).orElse(Tree.missing());
        }
        return response.isArray() ? merged(response) : response;
    }

    /** The data of server-sent events. */
    private static Optional<JsonNode> events(String text) {
        if (!text.contains("data:")) {
            return Optional.empty();
        }
        ArrayNode chunks = JsonNodeFactory.instance.arrayNode();
        text.lines()
                .filter(line -> line.startsWith("data:"))
                .map(line -> Json.embedded(line.substring("data:".length())))
                .forEach(chunk -> chunk.ifPresent(chunks::add));
        return Optional.of(chunks);
    }

    /** Chunks as one object: of each field the last one that is set, the messages in Anthropic's and OpenAI's events. */
    private static JsonNode merged(JsonNode chunks) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (JsonNode chunk : chunks) {
            put(merged, chunk);
            for (String inner : new String[] {"message", "response", "delta"}) {
                JsonNode part = chunk.path(inner);
                if (part.isObject()) {
                    put(merged, part);
                }
            }
        }
        return merged;
    }

    private static void put(ObjectNode merged, JsonNode chunk) {
        for (Map.Entry<String, JsonNode> field : chunk.properties()) {
            JsonNode value = field.getValue();
            boolean empty = !Tree.isPresent(value) || (value.isContainerNode() && value.isEmpty());
            if (empty) {
                continue;
            }
            if (field.getKey().equals("usage")
                    && merged.path("usage") instanceof ObjectNode known
                    && value.isObject()) {
                value.properties().forEach(count -> putCount(known, count));
            } else if (!field.getKey().equals("choices") || hasReason(value) || !hasReason(merged.path("choices"))) {
                merged.set(field.getKey(), value instanceof ObjectNode object ? object.deepCopy() : value);
            }
        }
    }

    private static void putCount(ObjectNode usage, Map.Entry<String, JsonNode> count) {
        if (Tree.isPresent(count.getValue())) {
            usage.set(count.getKey(), count.getValue());
        }
    }

    private static boolean hasReason(JsonNode choices) {
        return Tree.isPresent(choices.path(0).path("finish_reason"));
    }

    /** Token counts in the spellings of OpenAI, Anthropic, Bedrock and Gemini. */
    static void usage(JsonNode usage, EventDraft draft) {
        if (!usage.isObject()) {
            return;
        }
        JsonNode input = Tree.first(
                usage, "prompt_tokens", "input_tokens", "inputTokens", "promptTokenCount", "prompt_token_count");
        JsonNode output = Tree.first(usage, "completion_tokens", "output_tokens", "outputTokens");
        JsonNode thoughts = Tree.first(usage, "thoughtsTokenCount", "thoughts_token_count");
        JsonNode candidates = Tree.first(usage, "candidatesTokenCount", "candidates_token_count");
        if (!Tree.isPresent(output) && Tree.isPresent(candidates)) {
            output = JsonNodeFactory.instance.numberNode(candidates.asLong() + Math.max(0, thoughts.asLong()));
        }
        draft.inputTokens(withCache(usage, input));
        draft.outputTokens(output);
        usageDetails(usage, draft);
        draft.reasoningTokens(thoughts);
    }

    /** Anthropic and Bedrock count what came out of a cache or went into one beside the other input. */
    private static JsonNode withCache(JsonNode usage, JsonNode input) {
        JsonNode read = Tree.first(usage, "cache_read_input_tokens", "cacheReadInputTokens");
        JsonNode written =
                Tree.first(usage, "cache_creation_input_tokens", "cacheWriteInputTokens", "cacheCreationInputTokens");
        boolean apart = input.isIntegralNumber()
                && !usage.has("prompt_tokens")
                && (read.isIntegralNumber() || written.isIntegralNumber());
        return apart
                ? JsonNodeFactory.instance.numberNode(
                        input.asLong() + Math.max(0, read.asLong()) + Math.max(0, written.asLong()))
                : input;
    }

    /** The cached and reasoning tokens of a usage object. */
    static void usageDetails(JsonNode usage, EventDraft draft) {
        JsonNode input = Tree.first(usage, "prompt_tokens_details", "input_tokens_details");
        JsonNode output = Tree.first(usage, "completion_tokens_details", "output_tokens_details");
        JsonNode cached = Tree.first(input, "cached_tokens");
        draft.cachedInputTokens(
                Tree.isPresent(cached)
                        ? cached
                        : Tree.first(
                                usage,
                                "cache_read_input_tokens",
                                "cacheReadInputTokens",
                                "cachedContentTokenCount",
                                "cached_content_token_count"));
        draft.reasoningTokens(output.path("reasoning_tokens"));
    }

    /** Why a response ended, null if it does not say. */
    static @Nullable String finishReason(JsonNode response) {
        String chat = Tree.text(response.path("choices").path(0).path("finish_reason"));
        if (chat != null) {
            return FinishReasons.first(response.path("choices").path(0).path("finish_reason"));
        }
        String stop = Tree.text(Tree.first(response, "stop_reason", "stopReason", "completionReason"));
        if (stop != null) {
            return stopReason(stop);
        }
        String gemini = Tree.text(Tree.first(response.path("candidates").path(0), "finishReason", "finish_reason"));
        if (gemini != null) {
            return gemini.equals("STOP") ? "stop" : geminiReason(gemini);
        }
        String incomplete = Tree.text(response.path("incomplete_details").path("reason"));
        if (incomplete != null) {
            return incomplete.equals("max_output_tokens") ? "length" : incomplete;
        }
        boolean completed = response.path("object").asText().equals("response")
                && response.path("status").asText().equals("completed");
        return completed ? "stop" : null;
    }

    private static String geminiReason(String reason) {
        return switch (reason) {
            case "MAX_TOKENS" -> "length";
            case "SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII" -> "content_filter";
            default -> reason.toLowerCase(Locale.ROOT);
        };
    }

    /** Anthropic's reasons in the words of request events. */
    static String stopReason(String reason) {
        return switch (reason) {
            case "end_turn", "stop_sequence", "pause_turn", "FINISH" -> "stop";
            case "max_tokens", "model_context_window_exceeded", "LENGTH" -> "length";
            case "tool_use" -> "tool_calls";
            case "refusal", "guardrail_intervened", "content_filtered" -> "content_filter";
            default -> reason;
        };
    }

    /** The code of an error, or its type; of its text only that a reasoning block came from another conversation. */
    static void error(JsonNode error, EventDraft draft) {
        if (draft.event.getErrorCode() != null || !Tree.isPresent(error)) {
            return;
        }
        JsonNode inner = error.path("error").isObject() ? error.path("error") : error;
        String message = Tree.text(inner.path("message"));
        if (message != null && message.contains("bound to a different conversation")) {
            draft.event.setErrorCode("bound_to_different_conversation");
            return;
        }
        String code = Tree.firstText(inner, "code", "type", "status", "error_class");
        draft.event.setErrorCode(code == null || code.length() > LONGEST_CODE ? null : code);
    }
}
