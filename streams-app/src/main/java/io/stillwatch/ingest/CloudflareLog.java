package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.util.List;

/**
 * A record of Cloudflare's AI Gateway: its Logpush data set {@code ai_gateway_events}, or the list of logs of its API. The
 * bodies of Logpush are encrypted, so such a record has no prompt.
 */
final class CloudflareLog {
    private CloudflareLog() {}

    static Ingested read(Row row) throws RecordRejected {
        JsonNode log = row.record();
        EventDraft draft = new EventDraft();
        RequestEvent event = draft.event;
        JsonNode metadata = Json.unpacked(Tree.folded(log, "Metadata"));
        event.setEventId(row.identity("RayID", "LogId", "id", "event_id"));
        event.setEventTime(row.time(List.of("Timestamp", "created_at")));
        event.setOrganizationId(row.identity("AccountTag", "Gateway", "gateway_id"));
        row.account(
                event,
                "the gateway's Metadata has none of account_id, customer_id, user_id, user, tenant_id and team_id",
                Row.identityIn(
                        metadata,
                        "account_id",
                        "account",
                        "customer_id",
                        "user_id",
                        "userId",
                        "user",
                        "tenant_id",
                        "team_id",
                        "team"));
        JsonNode body = decrypted(row.unpacked("RequestBody", "request"));
        if (ModelRequest.isRequest(body)) {
            ModelRequest.read(body, draft);
        }
        EventDraft answered = new EventDraft();
        ModelResponse.read(decrypted(row.unpacked("ResponseBody", "response")), answered);
        draft.fill(answered);
        String model = row.text("RequestedModel", "Model");
        event.setModel(model == null ? event.getModel() : model);
        String endpoint = row.text("Endpoint", "path", "request_type");
        if (event.getOperation() == null) {
            event.setOperation(endpoint != null && endpoint.contains("embed") ? "embeddings" : "chat");
        }
        if (event.getInputTokens() == null) {
            draft.inputTokens(Tree.firstFolded(log, "tokens_in"));
        }
        if (event.getOutputTokens() == null) {
            draft.outputTokens(Tree.firstFolded(log, "tokens_out"));
        }
        draft.status(Tree.firstFolded(log, "StatusCode", "status_code"));
        JsonNode duration = Tree.firstFolded(log.path("Metrics"), "durationMs");
        draft.durationMs(Tree.isPresent(duration) ? duration : Tree.firstFolded(log, "duration"));
        draft.attribute("provider", row.text("Provider"));
        draft.attribute("cached", row.text("Cached"));
        draft.attribute("rate_limited", row.text("RateLimited"));
        if (isEncrypted(Tree.folded(log, "RequestBody"))) {
            draft.attribute("stillwatch.body_elsewhere", "true");
        }
        return RowReader.accepted(row, draft);
    }

    private static boolean isEncrypted(JsonNode body) {
        return Json.unpacked(body).path("type").asText().equals("encrypted");
    }

    private static JsonNode decrypted(JsonNode body) {
        return isEncrypted(body) ? Tree.missing() : body;
    }
}
