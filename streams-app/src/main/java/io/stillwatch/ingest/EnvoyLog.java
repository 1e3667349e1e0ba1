package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.util.List;

/**
 * A line of an Envoy AI Gateway access log as JSON, with the keys of its guide (aigateway.envoyproxy.io, access logs). Such a
 * log has no prompts.
 */
final class EnvoyLog {
    private EnvoyLog() {}

    static Ingested read(Row row) throws RecordRejected {
        JsonNode log = row.record();
        EventDraft draft = new EventDraft();
        RequestEvent event = draft.event;
        event.setEventId(row.identity("x-request-id", "request_id"));
        event.setEventTime(row.time(List.of("start_time", "timestamp", "time")));
        event.setConversationId(row.identity("session.id", "x-session-id"));
        event.setEndUserId(row.identity("user.id", "x-user-id", "agent-session-id"));
        event.setOrganizationId(row.identity("x-organization-id", "organization_id", "x-tenant-id", "tenant_id"));
        row.account(
                event,
                "the operator's log has none of x-account-id, x-customer-id, x-user-id, x-tenant-id and x-team-id",
                row.identity(
                        "x-account-id",
                        "account_id",
                        "x-customer-id",
                        "customer_id",
                        "x-consumer-id",
                        "x-tenant-id",
                        "tenant_id",
                        "x-team-id",
                        "team_id",
                        "x-user-id",
                        "user.id",
                        "user_id",
                        "jwt.sub",
                        "sub"));
        event.setModel(row.identity("gen_ai.request.model", "gen_ai.response.model", "x-ai-eg-model"));
        event.setOperation(row.identity("gen_ai.operation.name"));
        String path = row.text("path", "x-envoy-origin-path");
        if (event.getOperation() == null) {
            event.setOperation(
                    path != null && path.contains("embeddings")
                            ? "embeddings"
                            : path != null && path.endsWith("/completions") && !path.contains("chat")
                                    ? "text_completion"
                                    : "chat");
        }
        draft.inputTokens(present(log, "gen_ai.usage.input_tokens"));
        draft.outputTokens(present(log, "gen_ai.usage.output_tokens"));
        draft.reasoningTokens(present(log, "gen_ai.usage.reasoning_tokens"));
        draft.cachedInputTokens(
                Tree.isPresent(present(log, "gen_ai.usage.cached_input_tokens"))
                        ? present(log, "gen_ai.usage.cached_input_tokens")
                        : present(log, "gen_ai.usage.cache_read.input_tokens"));
        draft.status(log.path("response_code"));
        draft.durationMs(present(log, "duration"));
        draft.network(row.identity("x-forwarded-for"));
        draft.network(row.identity("downstream_remote_address"));
        draft.link("client", row.identity("user-agent"));
        draft.attribute("gen_ai.provider.name", row.identity("gen_ai.provider.name", "gen_ai.backend.id"));
        draft.attribute("response_flags", row.identity("response_flags"));
        return RowReader.accepted(row, draft);
    }

    /** Envoy writes a hyphen where it knows nothing. */
    private static JsonNode present(JsonNode log, String name) {
        JsonNode value = log.path(name);
        return value.asText().equals("-") ? Tree.missing() : value;
    }
}
