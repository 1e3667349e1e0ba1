package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.util.Map;
import java.util.Set;

/**
 * LiteLLM's {@code StandardLoggingPayload} (github.com/BerriAI/litellm, litellm/types/utils.py), as its callbacks write
 * it: one object a line, or arrays of them.
 */
final class LiteLlmPayload {
    /** The user LiteLLM notes for keys that have none: it would melt unrelated keys into one account. */
    static final String NO_USER = "default_user_id";

    /** Mapped, derived from what is mapped, or texts of answers and errors, which have no place in a request event. */
    private static final Set<String> NO_ATTRIBUTES = Set.of(
            "id",
            "call_type",
            "startTime",
            "endTime",
            "completionStartTime",
            "response_time",
            "session_id",
            "stream",
            "status",
            "status_fields",
            "model",
            "model_group",
            "prompt_tokens",
            "completion_tokens",
            "total_tokens",
            "end_user",
            "requester_ip_address",
            "user_agent",
            "messages",
            "response",
            "error_str",
            "error_information",
            "model_parameters",
            "metadata",
            "hidden_params",
            "model_map_information",
            "guardrail_information",
            "response_cost_failure_debug_info",
            "standard_built_in_tools_params");

    private static final Set<String> NO_METADATA_ATTRIBUTES = Set.of(
            "user_api_key_hash",
            "user_api_key_user_id",
            "user_api_key_user_email",
            "user_api_key_org_id",
            "user_api_key_end_user_id",
            "user_api_key_auth_metadata",
            "requester_ip_address",
            "requester_custom_headers",
            "user_agent",
            "usage_object",
            "prompt_management_metadata",
            "mcp_tool_call_metadata",
            "vector_store_request_metadata");

    private static final Map<String, String> OPERATIONS = Map.ofEntries(
            Map.entry("completion", "chat"),
            Map.entry("acompletion", "chat"),
            Map.entry("responses", "chat"),
            Map.entry("aresponses", "chat"),
            Map.entry("anthropic_messages", "chat"),
            Map.entry("text_completion", "text_completion"),
            Map.entry("atext_completion", "text_completion"),
            Map.entry("embedding", "embeddings"),
            Map.entry("aembedding", "embeddings"),
            Map.entry("generate_content", "generate_content"),
            Map.entry("agenerate_content", "generate_content"),
            Map.entry("generate_content_stream", "generate_content"),
            Map.entry("agenerate_content_stream", "generate_content"));

    private final JsonNode payload;
    private final JsonNode metadata;
    private final Draft draft = new Draft();
    private final RequestEvent event = draft.event;

    private LiteLlmPayload(JsonNode payload) {
        this.payload = payload;
        this.metadata = payload.path("metadata");
    }

    static RequestEvent read(byte[] bytes, int from, int length) throws RecordRejected {
        return new LiteLlmPayload(Json.object(bytes, from, length)).event();
    }

    private RequestEvent event() throws RecordRejected {
        event.setEventId(Tree.firstText(payload, "id", "litellm_call_id"));
        readTimes();
        readAccount();
        String callType = Tree.text(payload.path("call_type"));
        event.setOperation(callType == null ? null : OPERATIONS.getOrDefault(callType, callType));
        event.setModel(Tree.firstText(payload, "model_group", "model"));
        event.setConversationId(Tree.firstText(payload, "session_id"));
        readMessages();
        JsonNode parameters = payload.path("model_parameters");
        OpenAiFields.parameters(parameters, draft);
        if (event.getStream() == null) {
            draft.stream(payload.path("stream"));
        }
        readUsage();
        event.setFinishReason(OpenAiFields.finishReason(payload.path("response")));
        event.setStatus(status());
        draft.network(Tree.firstText(payload, "requester_ip_address"));
        draft.network(Tree.firstText(metadata, "requester_ip_address"));
        draft.link("client", Tree.firstText(payload, "user_agent"));
        draft.link("client", Tree.firstText(metadata, "user_agent"));

        String served = Tree.text(payload.path("model"));
        if (served != null && !served.equals(event.getModel())) {
            draft.attribute("model", served);
        }
        draft.attributes("", payload, NO_ATTRIBUTES);
        draft.attributes("metadata.", metadata, NO_METADATA_ATTRIBUTES);
        draft.attributes("request.", parameters, OpenAiFields.PARAMETERS);
        return draft.admit();
    }

    private void readTimes() throws RecordRejected {
        Long start = Tree.time(payload.path("startTime"), "startTime", EventTime.Unit.SECONDS);
        if (start == null) {
            throw new RecordRejected("startTime is missing");
        }
        event.setEventTime(start);
        draft.duration(start, Tree.time(payload.path("endTime"), "endTime", EventTime.Unit.SECONDS));
    }

    private void readAccount() throws RecordRejected {
        String user = Tree.firstText(metadata, "user_api_key_user_id");
        boolean hasUser = user != null && !user.equals(NO_USER);
        event.setAccountId(
                hasUser
                        ? user
                        : Tree.firstText(
                                metadata, "user_api_key_project_id", "user_api_key_team_id", "user_api_key_hash"));
        event.setApiKeyId(Tree.firstText(metadata, "user_api_key_hash"));
        event.setOrganizationId(Tree.firstText(metadata, "user_api_key_org_id", "user_api_key_team_id"));
        String endUser = Tree.firstText(payload, "end_user");
        event.setEndUserId(endUser == null ? Tree.firstText(metadata, "user_api_key_end_user_id") : endUser);
        if (event.getAccountId() == null) {
            event.setAccountId(event.getEndUserId());
        }
        if (event.getAccountId() == null) {
            throw new RecordRejected("no account: metadata names neither user_api_key_user_id, user_api_key_project_id,"
                    + " user_api_key_team_id nor user_api_key_hash, and there is no end_user");
        }
    }

    private void readMessages() {
        JsonNode sent = payload.path("messages");
        ChatMessages messages = new ChatMessages();
        if (sent.isTextual()) {
            messages.addPrompt(sent.textValue());
        } else {
            messages.addSystem(Tree.first(sent, "system", "instructions")).addAll(sent);
        }
        messages.addSystem(Tree.first(payload.path("model_parameters"), "system", "instructions"));
        messages.applyTo(event);
    }

    private void readUsage() throws RecordRejected {
        event.setInputTokens(Tree.whole(payload.path("prompt_tokens"), "prompt_tokens"));
        event.setOutputTokens(Tree.whole(payload.path("completion_tokens"), "completion_tokens"));
        JsonNode usage = Tree.first(metadata, "usage_object");
        JsonNode inParams = Tree.first(payload.path("hidden_params"), "usage_object");
        JsonNode inResponse = payload.path("response").path("usage");
        OpenAiFields.usageDetails(
                Tree.isPresent(usage) ? usage : Tree.isPresent(inParams) ? inParams : inResponse, draft);
    }

    private Integer status() {
        String code = Tree.text(payload.path("error_information").path("error_code"));
        if (code != null && code.matches("[1-5]\\d\\d")) {
            return Integer.valueOf(code);
        }
        String status = Tree.text(payload.path("status"));
        draft.attribute("status", "failure".equals(status) ? status : null);
        return "success".equals(status) ? 200 : null;
    }
}
