package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.util.List;
import java.util.Map;

/**
 * A log entry of Kong Gateway with its AI plugins (docs.konghq.com, ai-audit-log-reference): one object a request, with what
 * the plugins know below {@code ai}, by plugin.
 */
final class KongLog {
    private KongLog() {}

    static Ingested read(Row row) throws RecordRejected {
        JsonNode log = row.record();
        JsonNode plugin = plugin(log.path("ai"));
        if (!plugin.isObject()) {
            return RowReader.skipped(row, "a request that no AI plugin of Kong handled is no model call");
        }
        EventDraft draft = new EventDraft();
        RequestEvent event = draft.event;
        JsonNode request = log.path("request");
        event.setEventId(Row.identityIn(request, "id"));
        event.setEventTime(row.time(List.of("started_at")));
        JsonNode consumer = log.path("consumer");
        JsonNode authenticated = log.path("authenticated_entity");
        event.setOrganizationId(row.identity("workspace_name", "workspace"));
        event.setApiKeyId(Row.identityIn(authenticated, "id"));
        row.account(
                event,
                "there is neither consumer.id nor authenticated_entity.id",
                Row.identityIn(consumer, "id", "username", "custom_id"),
                Row.identityIn(authenticated, "id", "consumer_id"));
        JsonNode payload = plugin.path("payload");
        JsonNode body = Json.unpacked(payload.path("request"));
        if (!body.isObject()) {
            body = Json.unpacked(request.path("body"));
        }
        if (body.isObject()) {
            ModelRequest.read(body, draft);
        }
        JsonNode meta = plugin.path("meta");
        String model = Row.textIn(meta, "request_model", "response_model");
        event.setModel(model == null ? event.getModel() : model);
        String mode = Row.textIn(meta, "request_mode");
        if (mode != null) {
            event.setStream(mode.equals("stream"));
        }
        EventDraft answered = new EventDraft();
        ModelResponse.usage(plugin.path("usage"), answered);
        answered.inputTokens(plugin.path("usage").path("prompt_token"));
        answered.outputTokens(plugin.path("usage").path("completion_token"));
        ModelResponse.read(Json.unpacked(payload.path("response")), answered);
        draft.fill(answered);
        if (event.getOperation() == null) {
            event.setOperation("chat");
        }
        draft.status(log.path("response").path("status"));
        draft.durationMs(log.path("latencies").path("request"));
        draft.network(row.text("client_ip"));
        draft.link("client", Row.textIn(request.path("headers"), "user-agent"));
        draft.attribute("provider", Row.textIn(meta, "provider_name"));
        draft.attribute("service", Row.textIn(log.path("service"), "name"));
        draft.attribute("route", Row.textIn(log.path("route"), "name"));
        return RowReader.accepted(row, draft);
    }

    /** What the plugin that called the model noted; older versions have it below the plugin's own name. */
    private static JsonNode plugin(JsonNode ai) {
        for (String name : List.of("proxy", "ai-proxy", "ai-proxy-advanced")) {
            if (ai.path(name).isObject()) {
                return ai.path(name);
            }
        }
        for (Map.Entry<String, JsonNode> field : ai.properties()) {
            if (field.getValue().has("meta") || field.getValue().has("usage")) {
                return field.getValue();
            }
        }
        return ai.has("meta") || ai.has("usage") ? ai : Tree.missing();
    }
}
