package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rows of a Langfuse export: observations, of which generations are calls, and the traces they belong to. */
final class LangfuseRow {
    private static final List<String> STARTS = List.of("start_time", "startTime");

    private LangfuseRow() {}

    static boolean isTrace(JsonNode row) {
        return !row.has("trace_id") && !row.has("traceId");
    }

    /** Why an observation is no call of a model; empty if it is one. */
    static Optional<String> whyNoCall(Row row) {
        String type = row.text("type");
        return type == null || type.equalsIgnoreCase("GENERATION") || type.equalsIgnoreCase("EMBEDDING")
                ? Optional.empty()
                : Optional.of("an observation of the type " + Printable.text(type, 40) + " is no model call itself");
    }

    static Ingested read(Row row, JsonNode trace) throws RecordRejected {
        EventDraft draft = new EventDraft();
        RequestEvent event = draft.event;
        event.setEventId(row.identity("id"));
        // Langfuse has times in UTC, and its exports have no zone.
        event.setEventTime(row.timeInUtc(STARTS));
        draft.duration(event.getEventTime(), row.utcTimeOf(Tree.firstFolded(row.record(), "end_time"), "end_time"));
        JsonNode metadata = row.unpacked("metadata");
        String user = Row.identityIn(trace, "user_id");
        user = user == null ? row.identity("user_id") : user;
        if (row.options().account().isGiven()) {
            String chosen = row.chosenAccount()
                    .or(() -> row.options().account().in(trace))
                    .orElseThrow(() -> new RecordRejected("no account: there is no "
                            + String.join(" and no ", row.options().account().names())));
            event.setAccountId(chosen);
            event.setEndUserId(user);
        } else {
            row.account(
                    event,
                    "neither the trace nor the observation has a user_id (name the file of traces as well), nor has"
                            + " metadata an account",
                    Row.identityIn(metadata, "account_id", "account", "customer_id"),
                    Row.identityIn(
                            Json.unpacked(Tree.folded(trace, "metadata")), "account_id", "account", "customer_id"),
                    user,
                    Row.identityIn(metadata, "user_id", "userId"));
            event.setEndUserId(user);
        }
        String session = Row.identityIn(trace, "session_id");
        event.setConversationId(session == null ? row.identity("session_id") : session);
        readContent(row, draft);
        readUsage(row, draft);
        event.setModel(row.text("provided_model_name", "model"));
        boolean embeds = "EMBEDDING".equalsIgnoreCase(row.text("type"))
                || (event.getModel() != null && event.getModel().contains("embedding"));
        event.setOperation(embeds ? "embeddings" : "chat");
        String level = row.text("level");
        if ("ERROR".equals(level)) {
            event.setStatus(500);
        }
        draft.attribute("environment", row.text("environment"));
        draft.attribute("project_id", row.text("project_id"));
        draft.attribute("version", row.text("version"));
        return RowReader.accepted(row, draft);
    }

    private static void readContent(Row row, EventDraft draft) {
        JsonNode input = row.unpacked("input");
        if (ModelRequest.isRequest(input)) {
            ModelRequest.read(input, draft);
        } else {
            ChatMessages messages = new ChatMessages();
            draft.messages(Tree.isPresent(input) ? messages.addAll(input) : messages);
        }
        OpenAiFields.parameters(row.unpacked("model_parameters"), draft);
        draft.tools(row.unpacked("tool_definitions"));
    }

    private static void readUsage(Row row, EventDraft draft) {
        JsonNode details = row.unpacked("usage_details");
        if (details.isObject() && !details.isEmpty()) {
            SpanUsage.read(Map.of("langfuse.observation.usage_details", details), draft);
        }
        EventDraft older = new EventDraft();
        older.inputTokens(Tree.firstFolded(row.record(), "prompt_tokens", "input_usage"));
        older.outputTokens(Tree.firstFolded(row.record(), "completion_tokens", "output_usage"));
        EventMerge.fill(draft.event, older.event);
    }
}
