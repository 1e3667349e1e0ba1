package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.util.List;
import java.util.Locale;

/**
 * A row of Vertex AI's request-response log in BigQuery (cloud.google.com, request-response-logging), for Gemini and for
 * models of partners. It names no caller; labels of the request may.
 */
final class VertexLog {
    private VertexLog() {}

    static Ingested read(Row row) throws RecordRejected {
        EventDraft draft = new EventDraft();
        RequestEvent event = draft.event;
        JsonNode request = row.unpacked("full_request", "request_payload");
        JsonNode body = request.isArray() ? Json.unpacked(request.path(0)) : request;
        JsonNode response = row.unpacked("full_response", "response_payload");
        JsonNode labels = Tree.folded(body, "labels");
        event.setEventId(row.identity("request_id"));
        // BigQuery has times in UTC; exports of it write the zone or leave it out.
        event.setEventTime(row.timeInUtc(List.of("logging_time", "timestamp")));
        row.account(
                event,
                "the request's labels have none of account_id, account, customer_id, tenant_id, user_id and team",
                Row.identityIn(labels, "account_id", "account", "customer_id", "tenant_id", "user_id", "user", "team"));
        event.setOrganizationId(Row.identityIn(labels, "organization_id", "organization", "tenant_id"));
        if (ModelRequest.isRequest(body)) {
            ModelRequest.read(body, draft);
        }
        String model = row.text("model", "deployed_model_id", "endpoint");
        if (model != null) {
            event.setModel(model.substring(model.lastIndexOf('/') + 1));
        }
        String method = row.text("api_method");
        event.setOperation(
                method != null && method.toLowerCase(Locale.ROOT).contains("embed")
                        ? "embeddings"
                        : event.getOperation() == null ? "chat" : event.getOperation());
        if (method != null && method.toLowerCase(Locale.ROOT).contains("stream")) {
            event.setStream(true);
        }
        EventDraft answered = new EventDraft();
        ModelResponse.read(response, answered);
        draft.fill(answered);
        draft.attribute("model_version", row.text("model_version"));
        return RowReader.accepted(row, draft);
    }
}
