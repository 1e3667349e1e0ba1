package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stillwatch.schema.RequestEvent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to a model API, as the caller sent it: OpenAI (chat, completions, embeddings, Responses), Anthropic
 * Messages, Gemini, Bedrock Converse and the native bodies of models on Bedrock. Names may be in any case: gateways written
 * in Go take them so.
 */
final class ModelRequest {
    /** Parameters that are kept as attributes; none holds what people wrote. */
    private static final Set<String> ALLOWED = Set.of(
            "frequency_penalty",
            "presence_penalty",
            "repetition_penalty",
            "seed",
            "top_k",
            "min_p",
            "best_of",
            "echo",
            "tool_choice",
            "parallel_tool_calls",
            "reasoning_effort",
            "service_tier",
            "encoding_format",
            "dimensions",
            "truncation",
            "store",
            "background",
            "verbosity",
            "anthropic_version");

    private static final String[] INPUTS = {"prompt", "input", "inputText", "inputs", "message", "query"};

    /** Fields that can hold what is asked. */
    private static final List<String> CONTENTS =
            Stream.concat(Stream.of("messages", "contents"), Stream.of(INPUTS)).toList();

    private ModelRequest() {}

    /** Where APIs other than OpenAI's keep parameters. */
    private static final List<String> PARAMETERS = List.of(
            "generationConfig", "generation_config", "inferenceConfig", "textGenerationConfig", "parameters", "config");

    /** Whether the object may be a request to a model. */
    static boolean isRequest(JsonNode body) {
        return body.isObject()
                && (Tree.text(Tree.folded(body, "model")) != null
                        || Tree.isPresent(
                                Tree.firstFolded(body, "messages", "contents", "prompt", "input", "inputText")));
    }

    /** Notes what the body says; what it does not say stays as it is. */
    static void read(JsonNode body, EventDraft draft) {
        RequestEvent event = draft.event;
        OpenAiFields.parameters(body, draft);
        for (String inner : PARAMETERS) {
            JsonNode parameters = Tree.folded(body, inner);
            if (parameters.isObject()) {
                OpenAiFields.parameters(parameters, draft);
            }
        }
        draft.tools(Tree.first(body.path("toolConfig"), "tools"));
        readContent(body, draft);
        if (event.getModel() == null) {
            event.setModel(Row.textIn(body, "model", "modelId"));
        }
        if (event.getEndUserId() == null) {
            String user = Row.identityIn(body, "safety_identifier", "user");
            event.setEndUserId(user == null ? Row.identityIn(Tree.folded(body, "metadata"), "user_id") : user);
        }
        if (event.getConversationId() == null) {
            JsonNode conversation = Tree.folded(body, "conversation");
            event.setConversationId(
                    Identity.of(conversation.isObject() ? Row.textIn(conversation, "id") : Tree.text(conversation)));
        }
        if (event.getOperation() == null) {
            event.setOperation(operation(body));
        }
        draft.attributes("request.", body, ALLOWED);
        readThinking(body, draft);
    }

    private static void readThinking(JsonNode body, EventDraft draft) {
        JsonNode thinking = Tree.folded(body, "thinking");
        attribute(draft, "request.thinking.type", thinking.path("type"));
        attribute(
                draft,
                "request.thinking.block_binding.prefix_mismatch_behavior",
                thinking.path("block_binding").path("prefix_mismatch_behavior"));
        attribute(
                draft,
                "request.reasoning.effort",
                Tree.folded(body, "reasoning").path("effort"));
        attribute(
                draft,
                "request.response_format",
                Tree.folded(body, "response_format").path("type"));
    }

    private static void attribute(EventDraft draft, String name, JsonNode value) {
        if (value.isValueNode()) {
            draft.attribute(name, value);
        }
    }

    private static void readContent(JsonNode body, EventDraft draft) {
        ChatMessages messages = new ChatMessages();
        messages.addSystem(Tree.firstFolded(body, "instructions", "system", "systemInstruction", "preamble"));
        messages.addSystem(Tree.folded(Tree.folded(body, "config"), "systemInstruction"));
        JsonNode chat = Json.unpacked(Tree.firstFolded(body, "messages", "contents"));
        JsonNode text = Tree.firstFolded(body, INPUTS);
        if (chat.isArray()) {
            messages.addAll(chat);
        } else if (text.isTextual()) {
            messages.addPrompt(text.textValue());
        } else if (Tree.isPresent(text)) {
            messages.addAll(text);
        }
        // Of a single field of messages nothing else can be asked in another.
        Set<String> others =
                chat.isArray() && fieldsThatAsk(body) == 1 ? Set.of() : otherPrompts(body, messages.prompt());
        if (!others.isEmpty()) {
            messages.alsoAsked(others);
            draft.attribute(
                    "stillwatch.asked_in_several_fields", JsonNodeFactory.instance.textNode("" + (others.size() + 1)));
        }
        if (messages.count() > 0 || messages.hasText()) {
            draft.messages(messages);
        }
    }

    /**
     * What is asked in other fields than the one that was read: {@code Messages} beside {@code messages}, or {@code input}
     * beside them. Which of them a gateway serves depends on its parser and its path, so a harvester could ask in one and show
     * something else in the other; all of it counts as asked.
     */
    private static Set<String> otherPrompts(JsonNode body, @Nullable String known) {
        Set<String> prompts = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            if (!mayAsk(field)) {
                continue;
            }
            JsonNode value = Json.unpacked(field.getValue());
            ChatMessages other = new ChatMessages();
            if (value.isArray()) {
                other.addAll(value);
            } else if (value.isTextual()) {
                other.addPrompt(value.textValue());
            }
            if (other.prompt() != null && !other.prompt().equals(known)) {
                prompts.add(other.prompt());
            }
        }
        return prompts;
    }

    private static int fieldsThatAsk(JsonNode body) {
        int fields = 0;
        for (Map.Entry<String, JsonNode> field : body.properties()) {
            fields += mayAsk(field) ? 1 : 0;
        }
        return fields;
    }

    private static boolean mayAsk(Map.Entry<String, JsonNode> field) {
        return (field.getValue().isArray() || field.getValue().isTextual()) && isContent(field.getKey());
    }

    private static boolean isContent(String given) {
        for (String name : CONTENTS) {
            if (Tree.isSameName(given, name)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String operation(JsonNode body) {
        boolean embeds = body.has("encoding_format") || body.has("dimensions") || body.has("embeddingTypes");
        if (embeds) {
            return "embeddings";
        }
        if (Tree.isPresent(Tree.firstFolded(body, "messages", "input", "contents", "message"))) {
            return "chat";
        }
        return Tree.isPresent(Tree.firstFolded(body, "prompt", "inputText", "inputs")) ? "text_completion" : null;
    }
}
