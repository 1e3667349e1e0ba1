package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages of a request in any of the common spellings: OpenAI chat and Responses, Anthropic, OpenTelemetry's parts.
 * Takes what it understands and never fails: the caller writes these.
 *
 * <p>The prompt is the newest message of the user that holds text, the system text all system and developer messages in
 * order. A user message that only returns tool results counts as a message but is no turn.
 */
final class ChatMessages {
    /** What LiteLLM writes in the place of every text when told not to log it. */
    private static final String REDACTED = "redacted-by-litellm";

    private final List<String> system = new ArrayList<>();
    private String prompt;
    private int count;
    private int userTurns;

    /** Adds the messages of an array, or of the array in the field {@code messages} of an object; a text is a prompt. */
    ChatMessages addAll(JsonNode messages) {
        JsonNode array = messages.isObject() ? messages.path("messages") : messages;
        if (array.isTextual()) {
            addPrompt(array.textValue());
        } else if (array.path(0).isTextual()) {
            addPrompts(array);
        } else {
            array.forEach(this::add);
        }
        return this;
    }

    /** Adds instructions given beside the messages; a text or an array of parts. */
    ChatMessages addSystem(JsonNode instructions) {
        String text = contentText(instructions);
        if (text != null) {
            system.add(text);
        }
        return this;
    }

    /** Adds a text that stands alone, as in a text completion. */
    ChatMessages addPrompt(String text) {
        count++;
        userTurn(readable(text));
        return this;
    }

    /** Adds texts that are completed or embedded each by itself, in one turn. */
    private void addPrompts(JsonNode texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(text -> all.add(text.asText()));
        count += all.size();
        userTurn(readable(String.join("\n", all)));
    }

    void add(JsonNode message) {
        String role = Tree.text(message.path("role"));
        add(role == null ? "" : role, Tree.first(message, "content", "parts"));
    }

    void add(String role, JsonNode content) {
        count++;
        switch (role) {
            case "system", "developer" -> addSystem(content);
            case "user", "human" -> {
                if (!isToolResult(content)) {
                    userTurn(contentText(content));
                }
            }
            default -> {
                // Answers and tool results are no prompt; that they were sent along is in the count.
            }
        }
    }

    /** Messages so far, system messages among them, instructions given beside the messages not. */
    int count() {
        return count;
    }

    void applyTo(RequestEvent event) {
        if (!system.isEmpty()) {
            event.setSystem(String.join("\n", system));
        }
        event.setPrompt(prompt);
        if (count > 0) {
            event.setMessages(count);
        }
        if (userTurns > 0) {
            event.setTurn(userTurns - 1);
        }
    }

    private void userTurn(String text) {
        userTurns++;
        if (text != null) {
            prompt = text;
        }
    }

    private static String contentText(JsonNode content) {
        if (content.isTextual()) {
            return readable(content.textValue());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode part : content.isArray() ? content : List.<JsonNode>of()) {
            JsonNode text = part.isTextual() ? part : partText(part);
            if (text.isTextual() && readable(text.textValue()) != null) {
                texts.add(readable(text.textValue()));
            }
        }
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    private static JsonNode partText(JsonNode part) {
        // OpenTelemetry calls the text of a text part "content"; in other parts that is data, not text.
        boolean isText = part.path("type").asText("text").equals("text");
        return isText ? Tree.first(part, "text", "content") : part.path("text");
    }

    private static boolean isToolResult(JsonNode content) {
        if (!content.isArray() || content.isEmpty()) {
            return false;
        }
        for (JsonNode part : content) {
            String type = part.path("type").asText();
            if (!type.equals("tool_result") && !type.equals("tool_call_response")) {
                return false;
            }
        }
        return true;
    }

    private static String readable(String text) {
        return text.equals(REDACTED) ? null : Utf8.encodable(text);
    }
}
