package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A record of AWS Bedrock's model invocation log. */
final class BedrockLog {
    private static final Map<String, String> OPERATIONS = Map.of(
            "Converse", "chat",
            "ConverseStream", "chat",
            "InvokeModel", "chat",
            "InvokeModelWithResponseStream", "chat",
            "InvokeModelWithBidirectionalStream", "chat");

    private static final Pattern ASSUMED_ROLE = Pattern.compile("(arn:[^/]*:assumed-role/[^/]+)/(.+)");

    private BedrockLog() {}

    static Ingested read(Row row) throws RecordRejected {
        JsonNode log = row.record();
        String operation = row.text("operation");
        if (operation != null && !OPERATIONS.containsKey(operation)) {
            return RowReader.skipped(
                    row, "the operation " + Printable.text(operation, 60) + " is no call of a model that is read");
        }
        EventDraft draft = new EventDraft();
        RequestEvent event = draft.event;
        event.setEventId(row.identity("requestId"));
        event.setEventTime(row.timeInUtc(List.of("timestamp")));
        readAccount(row, event);
        JsonNode input = log.path("input");
        JsonNode output = log.path("output");
        ModelRequest.read(Json.unpacked(input.path("inputBodyJson")), draft);
        event.setOperation(operation(operation, event));
        readModel(row.text("modelId"), draft);
        if (operation != null && operation.toLowerCase(Locale.ROOT).contains("stream")) {
            event.setStream(true);
        }
        JsonNode answer = ModelResponse.whole(output.path("outputBodyJson"));
        ModelResponse.read(answer, draft);
        readTokens(input.path("inputTokenCount"), output.path("outputTokenCount"), draft);
        draft.durationMs(answer.path("metrics").path("latencyMs"));
        String error = row.text("errorCode");
        event.setErrorCode(error == null ? event.getErrorCode() : error);
        draft.attribute("region", row.text("region"));
        if (input.has("inputBodyS3Path")) {
            draft.attribute("stillwatch.body_elsewhere", "true");
        }
        return RowReader.accepted(row, draft);
    }

    private static void readAccount(Row row, RequestEvent event) throws RecordRejected {
        String arn = Row.identityIn(row.record().path("identity"), "arn");
        Matcher role = ASSUMED_ROLE.matcher(arn == null ? "" : arn);
        event.setOrganizationId(row.identity("accountId"));
        if (role.matches() && event.getEndUserId() == null) {
            event.setEndUserId(Identity.of(role.group(2)));
        }
        row.account(
                event,
                "there is neither identity.arn nor accountId",
                role.matches() ? role.group(1) : arn,
                event.getOrganizationId());
    }

    private static String operation(@Nullable String operation, RequestEvent event) {
        boolean embeds = event.getModel() != null && event.getModel().contains("embed");
        return embeds || "embeddings".equals(event.getOperation())
                ? "embeddings"
                : OPERATIONS.getOrDefault(operation == null ? "" : operation, event.getOperation());
    }

    /** An inference profile's name holds its account and region; the model is what follows. */
    private static void readModel(@Nullable String id, EventDraft draft) {
        if (id != null) {
            String tail = id.substring(id.lastIndexOf('/') + 1);
            draft.event.setModel(tail.isEmpty() ? id : tail);
            draft.attribute("model_id", tail.equals(id) ? null : id);
            if (tail.contains("embed")) {
                draft.event.setOperation("embeddings");
            }
        }
    }

    private static void readTokens(JsonNode input, JsonNode output, EventDraft draft) {
        RequestEvent event = draft.event;
        // Where a model counts by itself, its counts hold what came out of a cache as well.
        if (event.getInputTokens() == null) {
            draft.inputTokens(input);
        }
        if (event.getOutputTokens() == null) {
            draft.outputTokens(output);
        }
    }
}
