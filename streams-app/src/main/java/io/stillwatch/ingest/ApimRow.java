package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stillwatch.schema.RequestEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Rows of Azure API Management's tables (learn.microsoft.com, ApiManagementGatewayLlmLog and ApiManagementGatewayLogs): what
 * was said to the model, in pieces of so many characters, and who called.
 */
final class ApimRow {
    private ApimRow() {}

    static boolean isLlmLog(JsonNode row) {
        return Tree.isPresent(Tree.firstFolded(
                row,
                "DeploymentName",
                "ModelName",
                "PromptTokens",
                "RequestMessages",
                "ResponseMessages",
                "SequenceNumber"));
    }

    /**
     * One call.
     *
     * @param row the first of its LLM logs
     * @param pieces all of its LLM logs
     * @param gateway the gateway's own log of it; a missing node if it is not known
     */
    static Ingested read(Row row, List<JsonNode> pieces, JsonNode gateway) throws RecordRejected {
        EventDraft draft = new EventDraft();
        RequestEvent event = draft.event;
        event.setEventId(row.identity("CorrelationId"));
        Row both = new Row(row.record(), gateway, row.at(), row.options());
        both.account(
                event,
                "the row of ApiManagementGatewayLogs with its ApimSubscriptionId is missing (name that table's file as well)",
                Row.identityIn(gateway, "ApimSubscriptionId", "UserId", "ProductId"),
                row.identity("ApimSubscriptionId", "UserId"));
        event.setOrganizationId(Row.identityIn(gateway, "ProductId"));
        List<JsonNode> ordered = pieces.stream()
                .sorted(Comparator.comparingLong(
                        piece -> Tree.folded(piece, "SequenceNumber").asLong()))
                .toList();
        event.setEventTime(row.with(ordered.get(0)).timeInUtc(List.of("TimeGenerated", "time", "timestamp")));
        ChatMessages messages = new ChatMessages();
        String sent = joined(ordered, "RequestMessages");
        JsonNode parsed = JsonNodeFactory.instance.textNode(sent);
        parsed = Json.unpacked(parsed);
        if (!sent.isBlank()) {
            messages.addAll(parsed);
        }
        draft.messages(messages);
        EventDraft counted = new EventDraft();
        for (JsonNode piece : ordered) {
            counted.inputTokens(positive(Tree.folded(piece, "PromptTokens")));
            counted.outputTokens(positive(Tree.folded(piece, "CompletionTokens")));
            counted.stream(Tree.folded(piece, "IsStreamCompletion"));
            if (event.getModel() == null) {
                event.setModel(Row.identityIn(piece, "ModelName", "DeploymentName"));
            }
        }
        EventMerge.fill(event, counted.event);
        String operation = row.text("OperationName", "OperationId");
        event.setOperation(
                operation != null && operation.toLowerCase(Locale.ROOT).contains("embed") ? "embeddings" : "chat");
        draft.status(Tree.folded(gateway, "ResponseCode"));
        draft.durationMs(Tree.folded(gateway, "TotalTime"));
        draft.network(Row.identityIn(gateway, "CallerIpAddress"));
        draft.attribute("deployment", row.text("DeploymentName"));
        draft.attribute("region", Row.textIn(gateway, "Region"));
        return RowReader.accepted(row, draft);
    }

    private static JsonNode positive(JsonNode tokens) {
        return tokens.asLong() > 0 ? tokens : Tree.missing();
    }

    private static String joined(List<JsonNode> pieces, String name) {
        StringBuilder whole = new StringBuilder();
        for (JsonNode piece : pieces) {
            JsonNode value = Tree.folded(piece, name);
            whole.append(value.isContainerNode() ? value.toString() : Tree.isPresent(value) ? value.asText() : "");
        }
        return whole.toString();
    }
}
