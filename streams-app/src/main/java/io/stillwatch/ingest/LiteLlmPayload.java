package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * LiteLLM's {@code StandardLoggingPayload} (github.com/BerriAI/litellm, litellm/types/utils.py), as its callbacks write it,
 * and the rows of its table {@code LiteLLM_SpendLogs} (litellm/proxy/schema.prisma), whose JSON columns may be texts.
 */
final class LiteLlmPayload {
    private static final List<String> TIMES = List.of("startTime");

    /** Fields that are kept as attributes; none can hold an answer, a secret, or who somebody is. */
    private static final Set<String> ALLOWED = Set.of(
            "custom_llm_provider",
            "response_cost",
            "spend",
            "cache_hit",
            "saved_cache_cost",
            "model_id",
            "trace_id",
            "litellm_call_id",
            "request_tags");

    private static final Set<String> ALLOWED_OF_METADATA = Set.of(
            "user_api_key_alias",
            "user_api_key_team_id",
            "user_api_key_team_alias",
            "user_api_key_project_id",
            "user_api_key_project_alias",
            "user_api_key_org_alias");

    private static final Set<String> ALLOWED_OF_PARAMETERS = Set.of(
            "frequency_penalty",
            "presence_penalty",
            "seed",
            "top_k",
            "reasoning_effort",
            "service_tier",
            "tool_choice",
            "parallel_tool_calls",
            "encoding_format",
            "dimensions");

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

    private final Row row;
    private final JsonNode payload;
    private final JsonNode metadata;
    /** The request as the caller sent it, where that is logged. */
    private final JsonNode body;

    private final EventDraft draft = new EventDraft();
    private final RequestEvent event = draft.event;

    private LiteLlmPayload(Row row) {
        this.row = row;
        this.payload = row.record();
        this.metadata = Json.unpacked(payload.path("metadata"));
        JsonNode sent = Json.unpacked(payload.path("proxy_server_request"));
        JsonNode inner = Json.unpacked(sent.path("body"));
        this.body = inner.isObject() ? inner : sent;
    }

    static Ingested read(Row row) throws RecordRejected {
        return RowReader.accepted(row, new LiteLlmPayload(row).draft());
    }

    private EventDraft draft() throws RecordRejected {
        event.setEventId(row.identity("id", "request_id", "litellm_call_id"));
        readTimes();
        readAccount();
        String callType = Tree.text(payload.path("call_type"));
        event.setOperation(callType == null ? null : OPERATIONS.getOrDefault(callType, callType));
        event.setModel(Tree.firstText(payload, "model_group", "model"));
        event.setConversationId(row.identity("session_id"));
        JsonNode parameters = Json.unpacked(payload.path("model_parameters"));
        readRequest(parameters);
        JsonNode response = Json.unpacked(payload.path("response"));
        readUsage(response);
        EventDraft answered = new EventDraft();
        ModelResponse.read(response, answered);
        draft.fill(answered);
        readStatus();
        draft.network(Tree.firstText(payload, "requester_ip_address"));
        draft.network(Tree.firstText(metadata, "requester_ip_address"));
        draft.link("client", Tree.firstText(payload, "user_agent"));
        draft.link("client", Tree.firstText(metadata, "user_agent"));

        String served = Tree.text(payload.path("model"));
        if (served != null && !served.equals(event.getModel())) {
            draft.attribute("model", served);
        }
        draft.attributes("", payload, ALLOWED);
        draft.attributes("metadata.", metadata, ALLOWED_OF_METADATA);
        draft.attributes("request.", parameters, ALLOWED_OF_PARAMETERS);
        return draft;
    }

    private void readTimes() throws RecordRejected {
        // The database has times in UTC, and exports of it have no zone.
        event.setEventTime(row.timeInUtc(TIMES));
        draft.duration(event.getEventTime(), row.utcTimeOf(Tree.first(payload, "endTime", "end_time"), "endTime"));
        if (event.getDurationMs() == null) {
            draft.durationMs(payload.path("request_duration_ms"));
        }
    }

    private void readAccount() throws RecordRejected {
        event.setApiKeyId(Row.identityIn(metadata, "user_api_key_hash"));
        if (event.getApiKeyId() == null) {
            event.setApiKeyId(row.identity("api_key"));
        }
        event.setOrganizationId(Row.identityIn(metadata, "user_api_key_org_id"));
        if (event.getOrganizationId() == null) {
            event.setOrganizationId(row.identity("organization_id"));
        }
        if (event.getOrganizationId() == null) {
            event.setOrganizationId(Row.identityIn(metadata, "user_api_key_team_id"));
        }
        if (event.getOrganizationId() == null) {
            event.setOrganizationId(row.identity("team_id"));
        }
        String endUser = row.identity("end_user");
        event.setEndUserId(endUser == null ? Row.identityIn(metadata, "user_api_key_end_user_id") : endUser);
        row.account(
                event,
                "metadata names neither user_api_key_user_id, user_api_key_project_id, user_api_key_team_id nor"
                        + " user_api_key_hash, and there is no end_user",
                payload.has("request_id") ? row.identity("user") : null,
                Row.identityIn(
                        metadata,
                        "user_api_key_user_id",
                        "user_api_key_project_id",
                        "user_api_key_team_id",
                        "user_api_key_hash"),
                row.identity("team_id", "api_key"),
                event.getEndUserId());
    }

    private void readRequest(JsonNode parameters) {
        JsonNode sent = Json.unpacked(payload.path("messages"));
        JsonNode passedThrough = passedThrough(sent);
        if (passedThrough.isObject()) {
            ModelRequest.read(passedThrough, draft);
        } else {
            ChatMessages messages = new ChatMessages();
            if (sent.isTextual()) {
                messages.addPrompt(sent.textValue());
            } else {
                messages.addSystem(Tree.first(sent, "system", "instructions")).addAll(sent);
            }
            messages.addSystem(Tree.first(parameters, "system", "instructions"));
            OpenAiFields.parameters(parameters, draft);
            draft.messages(messages);
        }
        if (body.isObject()) {
            EventDraft more = new EventDraft();
            ModelRequest.read(body, more);
            draft.fill(more);
        }
        if (event.getStream() == null) {
            draft.stream(payload.path("stream"));
        }
    }

    /** A request that was only passed on, as the text of one message: whatever the API, in its own form. */
    private JsonNode passedThrough(JsonNode sent) {
        boolean passed = payload.path("call_type").asText().contains("pass_through");
        JsonNode content = sent.isArray() && sent.size() == 1 ? sent.path(0).path("content") : sent;
        JsonNode request = passed ? Json.unpacked(content) : Tree.missing();
        return ModelRequest.isRequest(request) ? request : Tree.missing();
    }

    private void readUsage(JsonNode response) {
        draft.inputTokens(payload.path("prompt_tokens"));
        draft.outputTokens(payload.path("completion_tokens"));
        JsonNode usage = Tree.first(metadata, "usage_object");
        JsonNode inParams = Tree.first(Json.unpacked(payload.path("hidden_params")), "usage_object");
        ModelResponse.usageDetails(
                usage.isObject() ? usage : inParams.isObject() ? inParams : response.path("usage"), draft);
    }

    private void readStatus() {
        JsonNode error = Json.unpacked(payload.path("error_information"));
        error = error.isObject() ? error : Json.unpacked(metadata.path("error_information"));
        draft.status(error.path("error_code"));
        String status = Tree.text(payload.path("status"));
        if ("failure".equals(status)) {
            draft.attribute("status", "failure");
            String code = Tree.firstText(error, "error_class", "error_code");
            event.setErrorCode(code == null || code.length() > 128 ? null : code);
        } else if (event.getStatus() == null && "success".equals(status)) {
            event.setStatus(200);
        }
    }
}
