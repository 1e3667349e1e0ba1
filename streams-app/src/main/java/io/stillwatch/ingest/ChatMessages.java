package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a request in any of the common spellings: OpenAI chat and Responses, Anthropic, Gemini, Bedrock Converse,
 * LangChain, OpenTelemetry's parts. Takes what it understands and never fails: the caller writes these.
 *
 * <p>The prompt is the newest message of the user that holds text, the system text all system and developer messages in
 * order. A user message that only returns tool results counts as a message but is no turn.
 */
final class ChatMessages {
    /** What LiteLLM writes in the place of every text when told not to log it. */
    private static final String REDACTED = "redacted-by-litellm";

    private final List<String> system = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final List<String> reasoning = new ArrayList<>();
    private @Nullable String prompt;
    private int count;
    private int userTurns;
    /** How many of {@link #sent} stand before the prompt. */
    private int beforePrompt;

    private record Sent(String role, JsonNode content) {}

    /** Adds the messages of an array, or of the array in the field {@code messages} of an object; a text is a prompt. */
    ChatMessages addAll(JsonNode messages) {
        JsonNode array = messages.isObject() ? Tree.firstFolded(messages, "messages", "contents") : messages;
        if (array.isTextual()) {
            addPrompt(array.textValue());
        } else if (isTokens(array)) {
            addTokens();
        } else if (array.path(0).isTextual()) {
            addPrompts(array);
        } else if (array.isObject()) {
            add(array);
        } else {
            array.forEach(this::add);
        }
        return this;
    }

    /** Adds instructions given beside the messages; a text, an array of parts, or an object with parts. */
    ChatMessages addSystem(JsonNode instructions) {
        String text = contentText(instructions);
        // Some libraries tell the system message among the messages and once more beside them.
        if (text != null && !system.contains(text)) {
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

    /** Counts a prompt that was given as the numbers of its tokens: nobody can read it without the model's own table. */
    private void addTokens() {
        count++;
        userTurn(null);
    }

    private static boolean isTokens(JsonNode array) {
        return array.isArray() && array.path(0).isIntegralNumber();
    }

    void add(JsonNode message) {
        if (message.isTextual()) {
            addPrompt(message.textValue());
        } else if (isTokens(message)) {
            addTokens();
        } else if (message.isArray()) {
            // Batches of conversations, as LangChain logs them.
            message.forEach(this::add);
        } else if (message.isObject()) {
            addMessage(message);
        }
    }

    private void addMessage(JsonNode message) {
        if (message.path("type").asText().equals("reasoning")) {
            reasoningBlock(message.path("encrypted_content"));
        }
        message.path("reasoning_details").forEach(block -> reasoningBlock(Tree.first(block, "data", "signature")));
        JsonNode fields = langChain(message);
        String role = Tree.text(Tree.firstFolded(fields, "role"));
        JsonNode content = Tree.firstFolded(fields, "content", "parts", "output");
        if (!Tree.isPresent(content) && fields.path("text").isTextual()) {
            content = fields.path("text");
        }
        add(role == null ? langChainRole(message) : role, content);
    }

    /** Where a serialised message of LangChain has its fields; the message itself where it is none. */
    private static JsonNode langChain(JsonNode message) {
        JsonNode kwargs = message.path("kwargs");
        JsonNode data = message.path("data");
        return kwargs.isObject() ? kwargs : data.isObject() && data.has("content") ? data : message;
    }

    private static String langChainRole(JsonNode message) {
        JsonNode id = message.path("id");
        String kind = id.isArray() && !id.isEmpty()
                ? id.path(id.size() - 1).asText()
                : message.path("type").asText();
        return switch (kind) {
            case "HumanMessage", "HumanMessageChunk", "human" -> "user";
            case "SystemMessage", "system" -> "system";
            case "AIMessage", "AIMessageChunk", "ai" -> "assistant";
            case "ToolMessage", "FunctionMessage", "tool", "function_call_output", "custom_tool_call_output" -> "tool";
            default -> "";
        };
    }

    void add(String role, JsonNode content) {
        count++;
        switch (role) {
            case "system", "developer", "SYSTEM", "System" -> addSystem(content);
            case "user", "human", "USER", "User", "Human", "HUMAN" -> {
                if (!isToolResult(content)) {
                    userTurn(contentText(content));
                }
            }
            default -> {
                // Answers and tool results are no prompt; that they were sent along is in the count.
                content.forEach(this::reasoningOf);
            }
        }
        if (!role.equals("system") && !role.equals("developer")) {
            sent.add(new Sent(role, content));
        }
    }

    private void reasoningOf(JsonNode part) {
        if (!part.isObject()) {
            return;
        }
        switch (part.path("type").asText()) {
            case "thinking", "reasoning" -> reasoningBlock(Tree.first(part, "signature", "encrypted_content"));
            case "redacted_thinking" -> reasoningBlock(part.path("data"));
            default -> {
                reasoningBlock(Tree.first(part, "thoughtSignature", "thought_signature"));
                reasoningBlock(
                        part.path("reasoningContent").path("reasoningText").path("signature"));
            }
        }
    }

    private void reasoningBlock(JsonNode mark) {
        if (mark.isTextual() && !mark.textValue().isBlank()) {
            reasoning.add(Hash.of(mark.textValue()));
        }
    }

    /** Messages so far, system messages among them, instructions given beside the messages not. */
    int count() {
        return count;
    }

    /** Whether a text of the user or the system is known. */
    boolean hasText() {
        return prompt != null || !system.isEmpty();
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
        if (!reasoning.isEmpty()) {
            event.setReasoningHashes(reasoning);
        }
    }

    /** Names what is sent along before the prompt, null where nothing is. */
    @Nullable
    String prefixHash(@Nullable String toolsHash) {
        if (toolsHash == null && system.isEmpty() && beforePrompt == 0) {
            return null;
        }
        StringBuilder prefix = new StringBuilder(toolsHash == null ? "" : toolsHash);
        system.forEach(text -> prefix.append('\n').append(Hash.of(text)));
        sent.subList(0, beforePrompt)
                .forEach(message ->
                        prefix.append('\n').append(message.role).append(' ').append(ToolsHash.of(message.content)));
        return Hash.of(prefix.toString());
    }

    private void userTurn(@Nullable String text) {
        userTurns++;
        if (text != null) {
            prompt = text;
            beforePrompt = sent.size();
        }
    }

    /** The newest text of the user; null if none is known. */
    @Nullable
    String prompt() {
        return prompt;
    }

    /** Adds what else was asked in the same request, where only the gateway knows which of it was served. */
    void alsoAsked(Collection<String> others) {
        List<String> all = new ArrayList<>();
        if (prompt != null) {
            all.add(prompt);
        }
        all.addAll(others);
        prompt = String.join("\n", all);
    }

    /** The text of a content in any spelling; null if it has none. */
    static @Nullable String contentText(JsonNode content) {
        if (content.isTextual()) {
            return readable(content.textValue());
        }
        JsonNode parts = content.isObject() ? Tree.first(content, "parts", "content", "text") : content;
        if (content.isObject() && !parts.isArray()) {
            return parts.isTextual() ? readable(parts.textValue()) : null;
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode part : parts.isArray() ? parts : List.<JsonNode>of()) {
            JsonNode text = part.isTextual() ? part : partText(part);
            String read = text.isTextual() ? readable(text.textValue()) : null;
            if (read != null) {
                texts.add(read);
            }
        }
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    private static JsonNode partText(JsonNode part) {
        String type = part.path("type").asText("text");
        if (type.equals("text")) {
            // OpenTelemetry calls the text of a text part "content"; in other parts that is data, not text.
            JsonNode text = Tree.first(part, "text", "content");
            return text.isObject() ? text.path("value") : text;
        }
        return type.contains("thinking") || type.contains("reasoning") ? MissingNode.getInstance() : part.path("text");
    }

    private static boolean isToolResult(JsonNode content) {
        if (content.isObject()) {
            return content.path("parts").isArray() && isToolResult(content.path("parts"));
        }
        if (!content.isArray() || content.isEmpty()) {
            return false;
        }
        for (JsonNode part : content) {
            String type = part.path("type").asText();
            boolean result = type.equals("tool_result")
                    || type.equals("tool-result")
                    || type.equals("tool_call_response")
                    || part.has("toolResult")
                    || part.has("functionResponse")
                    || part.has("function_response");
            if (!result) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String readable(String text) {
        return text.equals(REDACTED) || text.isEmpty() ? null : Utf8.encodable(text);
    }
}
