package io.stillwatch.ingest;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the native JSON, fields in the order of their documentation. */
final class NativeJsonWriter {
    private static final JsonFactory LINES = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private final JsonGenerator json;

    private NativeJsonWriter(JsonGenerator json) {
        this.json = json;
    }

    static String write(RequestEvent event) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = LINES.createGenerator(text)) {
            new NativeJsonWriter(generator).event(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    static void writeLine(RequestEvent event, OutputStream out) throws IOException {
        try (JsonGenerator generator = LINES.createGenerator(out, JsonEncoding.UTF8)) {
            new NativeJsonWriter(generator).event(event);
            generator.writeRaw('\n');
        }
    }

    private void event(RequestEvent event) throws IOException {
        json.writeStartObject();
        text("event_id", event.getEventId().isEmpty() ? null : event.getEventId());
        whole("event_time", event.getEventTime());
        text("account_id", event.getAccountId());
        text("organization_id", event.getOrganizationId());
        text("api_key_id", event.getApiKeyId());
        text("end_user_id", event.getEndUserId());
        whole("account_created", event.getAccountCreated());
        text("operation", event.getOperation());
        text("model", event.getModel());
        text("conversation_id", event.getConversationId());
        whole("turn", event.getTurn());
        text("system", event.getSystem());
        text("prompt", event.getPrompt());
        whole("messages", event.getMessages());
        text("prefix_hash", event.getPrefixHash());
        texts("reasoning_hashes", event.getReasoningHashes());
        whole("dropped_reasoning", event.getDroppedReasoning());
        flag("answer_in_prompt", event.getAnswerInPrompt());
        number("temperature", event.getTemperature());
        number("top_p", event.getTopP());
        whole("max_tokens", event.getMaxTokens());
        whole("n", event.getN());
        whole("top_logprobs", event.getTopLogprobs());
        flag("logprobs", event.getLogprobs());
        flag("stream", event.getStream());
        texts("stop", event.getStop());
        whole("tools", event.getTools());
        text("tools_hash", event.getToolsHash());
        whole("input_tokens", event.getInputTokens());
        whole("cached_input_tokens", event.getCachedInputTokens());
        whole("output_tokens", event.getOutputTokens());
        whole("reasoning_tokens", event.getReasoningTokens());
        text("finish_reason", event.getFinishReason());
        text("refusal_category", event.getRefusalCategory());
        whole("status", event.getStatus());
        text("error_code", event.getErrorCode());
        whole("duration_ms", event.getDurationMs());
        entries("links", event.getLinks());
        entries("attributes", event.getAttributes());
        json.writeEndObject();
    }

    private void text(String name, @Nullable String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, Utf8.encodable(value));
        }
    }

    private void whole(String name, Long value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    private void whole(String name, Integer value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    private void number(String name, Double value) throws IOException {
        if (value != null) {
            json.writeNumberField(name, value);
        }
    }

    private void flag(String name, Boolean value) throws IOException {
        if (value != null) {
            json.writeBooleanField(name, value);
        }
    }

    private void texts(String name, List<String> values) throws IOException {
        if (values == null || values.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (String value : values) {
            json.writeString(Utf8.encodable(value));
        }
        json.writeEndArray();
    }

    private void entries(String name, Map<String, String> values) throws IOException {
        if (values == null || values.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : values.entrySet()) {
            json.writeStringField(Utf8.encodable(entry.getKey()), Utf8.encodable(entry.getValue()));
        }
        json.writeEndObject();
    }
}
