package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * The field names of the OpenAI API, which most gateways and providers share: request parameters, usage, finish reasons
 * (github.com/openai/openai-openapi, CreateChatCompletionRequest, CreateCompletionRequest, CreateResponse).
 */
final class OpenAiFields {
    /** Request parameters that have a field of their own in a request event. */
    static final Set<String> PARAMETERS = Set.of(
            "temperature",
            "top_p",
            "max_tokens",
            "max_completion_tokens",
            "max_output_tokens",
            "n",
            "logprobs",
            "top_logprobs",
            "stream",
            "stop",
            "stop_sequences",
            "tools",
            "functions");

    private OpenAiFields() {}

    static void parameters(JsonNode request, Draft draft) {
        draft.temperature(request.path("temperature"));
        draft.topP(request.path("top_p"));
        draft.maxTokens(Tree.first(request, "max_completion_tokens", "max_output_tokens", "max_tokens"));
        draft.n(request.path("n"));
        draft.topLogprobs(request.path("top_logprobs"));
        draft.logprobs(request.path("logprobs"));
        draft.stream(request.path("stream"));
        draft.stop(Tree.first(request, "stop", "stop_sequences"));
        draft.tools(Tree.first(request, "tools", "functions"));
    }

    /** Token counts of a {@code usage} object, in its Chat, Responses and Anthropic spellings. */
    static void usage(JsonNode usage, Draft draft) throws RecordRejected {
        draft.event.setInputTokens(Tree.whole(Tree.first(usage, "prompt_tokens", "input_tokens"), "input_tokens"));
        draft.event.setOutputTokens(
                Tree.whole(Tree.first(usage, "completion_tokens", "output_tokens"), "output_tokens"));
        usageDetails(usage, draft);
    }

    /** The cached and reasoning tokens of a {@code usage} object. */
    static void usageDetails(JsonNode usage, Draft draft) throws RecordRejected {
        JsonNode input = Tree.first(usage, "prompt_tokens_details", "input_tokens_details");
        JsonNode output = Tree.first(usage, "completion_tokens_details", "output_tokens_details");
        JsonNode cached = Tree.first(input, "cached_tokens");
        draft.event.setCachedInputTokens(Tree.whole(
                Tree.isPresent(cached) ? cached : Tree.first(usage, "cache_read_input_tokens"), "cached_input_tokens"));
        draft.event.setReasoningTokens(Tree.whole(output.path("reasoning_tokens"), "reasoning_tokens"));
    }

    /** Why a response ended, null if it does not say. */
    static String finishReason(JsonNode response) {
        String chat = Tree.text(response.path("choices").path(0).path("finish_reason"));
        if (chat != null) {
            return chat;
        }
        String incomplete = Tree.text(response.path("incomplete_details").path("reason"));
        if (incomplete != null) {
            return incomplete.equals("max_output_tokens") ? "length" : incomplete;
        }
        boolean completed = response.path("object").asText().equals("response")
                && response.path("status").asText().equals("completed");
        return completed ? "stop" : null;
    }
}
