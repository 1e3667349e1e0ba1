package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The parameters of a request in the names of the OpenAI API, which most gateways and providers share, and in those of
 * Gemini, Bedrock and others (github.com/openai/openai-openapi, CreateChatCompletionRequest, CreateCompletionRequest,
 * CreateResponse).
 */
final class OpenAiFields {
    private OpenAiFields() {}

    static void parameters(JsonNode request, EventDraft draft) {
        draft.temperature(Tree.firstFolded(request, "temperature"));
        draft.topP(Tree.firstFolded(request, "top_p"));
        draft.maxTokens(Tree.firstFolded(
                request,
                "max_completion_tokens",
                "max_output_tokens",
                "max_tokens",
                "maxTokenCount",
                "max_gen_len",
                "max_new_tokens",
                "maxTokensToSample"));
        draft.n(Tree.firstFolded(request, "n", "candidateCount"));
        draft.topLogprobs(Tree.firstFolded(request, "top_logprobs"));
        draft.logprobs(Tree.firstFolded(request, "logprobs", "responseLogprobs"));
        draft.stream(Tree.firstFolded(request, "stream"));
        draft.stop(Tree.firstFolded(request, "stop", "stop_sequences"));
        draft.tools(Tree.firstFolded(request, "tools", "functions"));
    }
}
