package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The messages of a call, wherever its library writes them: attributes of the span, events of the span, or log records. The
 * first place that has any counts; libraries write them to several places, and never a part to each.
 */
final class SpanMessages {
    private final SpanPiece span;
    private final List<LogPiece> logs;
    private final Function<String, JsonNode> structured;

    /** @param structured an attribute of the span as JSON */
    SpanMessages(SpanPiece span, List<LogPiece> logs, Function<String, JsonNode> structured) {
        this.span = span;
        this.logs = logs;
        this.structured = structured;
    }

    void addTo(ChatMessages messages) {
        List<Consumer<ChatMessages>> places = List.of(
                this::addInputMessages,
                this::addOpenInference,
                this::addIndexedPrompts,
                this::addVercel,
                this::addLogs,
                this::addEvents,
                this::addOthers,
                this::addEmbedded);
        for (Consumer<ChatMessages> place : places) {
            int before = messages.count();
            place.accept(messages);
            if (messages.count() > before) {
                return;
            }
        }
    }

    private void addInputMessages(ChatMessages messages) {
        JsonNode given = structured.apply("gen_ai.input.messages");
        Optional<JsonNode> whole = wholeInput(given);
        messages.addAll(whole.orElse(given));
    }

    /** OpenLLMetry puts the whole input of a Responses call into one text part of one message of the user, as JSON. */
    private Optional<JsonNode> wholeInput(JsonNode given) {
        if (!span.scope().contains("traceloop") || given.size() != 1) {
            return Optional.empty();
        }
        JsonNode parts = Tree.first(given.path(0), "parts", "content");
        String text = ChatMessages.contentText(parts);
        JsonNode items = text == null ? Tree.missing() : Json.embedded(text).orElse(Tree.missing());
        boolean conversation = items.isArray()
                && items.size() > 1
                && items.path(items.size() - 1).path("role").asText().equals("user");
        for (JsonNode item : items) {
            conversation &= item.isObject() && (item.has("role") || item.has("type"));
        }
        return conversation ? Optional.of(items) : Optional.empty();
    }

    private void addOpenInference(ChatMessages messages) {
        for (JsonNode element : Flat.tree(span.attributes(), "llm.input_messages")) {
            JsonNode message = element.path("message");
            ObjectNode plain = JsonNodeFactory.instance.objectNode();
            boolean toolResult = message.has("tool_call_id");
            plain.put("role", toolResult ? "tool" : message.path("role").asText());
            JsonNode content = message.path("content");
            if (!content.isTextual() || content.textValue().isEmpty()) {
                var parts = JsonNodeFactory.instance.arrayNode();
                message.path("contents").forEach(part -> parts.add(part.path("message_content")));
                content = parts;
            }
            messages.add(plain.path("role").asText(), content);
        }
        JsonNode prompts = Flat.tree(span.attributes(), "llm.prompts");
        prompts.forEach(prompt -> {
            JsonNode text = prompt.path("prompt").path("text");
            if (text.isTextual()) {
                messages.addPrompt(text.textValue());
            }
        });
    }

    /** OpenLLMetry's older way: {@code gen_ai.prompt.0.content}. */
    private void addIndexedPrompts(ChatMessages messages) {
        for (String prefix : List.of("gen_ai.prompt", "llm.prompts")) {
            for (JsonNode message : Flat.tree(span.attributes(), prefix)) {
                if (message.has("content") || message.has("role")) {
                    JsonNode content = message.path("content");
                    JsonNode parts = Json.unpacked(content);
                    messages.add(message.path("role").asText("user"), parts.isArray() ? parts : content);
                }
            }
        }
    }

    private void addVercel(ChatMessages messages) {
        JsonNode sent = structured.apply("ai.prompt.messages");
        if (sent.isArray()) {
            messages.addAll(sent);
            return;
        }
        JsonNode prompt = structured.apply("ai.prompt");
        if (prompt.isObject()) {
            messages.addSystem(prompt.path("system"));
            messages.addAll(prompt.path("messages").isArray() ? prompt.path("messages") : prompt.path("prompt"));
        }
        JsonNode value = span.attributes().get("ai.value");
        JsonNode values = value != null ? value : span.attributes().get("ai.values");
        if (values != null) {
            var texts = JsonNodeFactory.instance.arrayNode();
            for (JsonNode text : values.isArray() ? values : List.of(values)) {
                texts.add(unquoted(text));
            }
            messages.addAll(texts.size() == 1 ? texts.path(0) : texts);
        }
    }

    /** The AI SDK writes each value as JSON, so a text has quotes around it. */
    private static JsonNode unquoted(JsonNode text) {
        String quoted = text.asText().strip();
        if (quoted.length() >= 2 && quoted.startsWith("\"") && quoted.endsWith("\"")) {
            return Json.embedded("[" + quoted + "]").map(array -> array.path(0)).orElse(text);
        }
        return text;
    }

    private void addLogs(ChatMessages messages) {
        for (LogPiece log : logs) {
            JsonNode input = inLog(log, "gen_ai.input.messages");
            if (Tree.isPresent(input)) {
                messages.addAll(Json.unpacked(input));
                return;
            }
        }
        for (LogPiece log : logs) {
            JsonNode body = bodyOf(log);
            addNamed(messages, log.eventName(), body);
        }
    }

    private static JsonNode inLog(LogPiece log, String name) {
        JsonNode value = log.attributes().get(name);
        return value != null ? value : log.body().path(name);
    }

    private static JsonNode bodyOf(LogPiece log) {
        JsonNode body = Json.unpacked(log.body());
        if (body.isObject()) {
            return body;
        }
        for (String name : List.of("gen_ai.event.content", "event_body", "content", "gen_ai.prompt")) {
            JsonNode value = log.attributes().get(name);
            if (value != null) {
                return Json.unpacked(value);
            }
        }
        return body;
    }

    /** Content in events of the span, as the conventions had it before, and as some instrumentations still do. */
    private void addEvents(ChatMessages messages) {
        for (SpanPiece.Event happened : span.events()) {
            JsonNode input = happened.attributes().get("gen_ai.input.messages");
            if (input != null) {
                messages.addAll(Json.unpacked(input));
                return;
            }
        }
        for (SpanPiece.Event happened : span.events()) {
            JsonNode content = firstOf(happened, "content", "gen_ai.event.content", "gen_ai.prompt", "message");
            addNamed(messages, happened.name(), Json.unpacked(content));
        }
        JsonNode listed = structured.apply("events");
        for (JsonNode one : listed.isArray() ? listed : List.<JsonNode>of()) {
            addNamed(messages, one.path("event.name").asText(), one);
        }
    }

    private static JsonNode firstOf(SpanPiece.Event happened, String... names) {
        for (String name : names) {
            JsonNode value = happened.attributes().get(name);
            if (value != null) {
                return value;
            }
        }
        return Tree.missing();
    }

    /** A message told by an event of its own. */
    private static void addNamed(ChatMessages messages, String name, JsonNode body) {
        switch (name) {
            case "gen_ai.system.message" -> messages.add("system", content(body));
            case "gen_ai.user.message" -> messages.add(role(body, "user"), content(body));
            case "gen_ai.assistant.message" -> messages.add("assistant", content(body));
            case "gen_ai.tool.message" -> messages.add("tool", content(body));
            case "gen_ai.content.prompt", "gen_ai.prompt" -> addLoose(messages, body);
            default -> {
                // Answers, and what is no message.
            }
        }
    }

    private static String role(JsonNode body, String usual) {
        String role = body.isObject() ? Tree.firstText(body, "role") : null;
        return role == null ? usual : role;
    }

    private static JsonNode content(JsonNode body) {
        return body.isObject() ? Json.unpacked(Tree.first(body, "content", "parts", "message")) : body;
    }

    /** Adds what is either messages as JSON, a request, or the prompt itself. */
    private static void addLoose(ChatMessages messages, JsonNode given) {
        JsonNode content = Json.unpacked(given);
        if (content.isTextual()) {
            if (!content.textValue().isBlank()) {
                messages.addPrompt(content.textValue());
            }
        } else if (content.isArray()) {
            messages.addAll(content);
        } else if (content.isObject()) {
            JsonNode inner = Tree.first(content, "messages", "contents", "input", "prompt");
            if (Tree.isPresent(inner)) {
                messages.addAll(inner);
            } else if (content.has("role")) {
                messages.add(content);
            }
        }
    }

    private void addOthers(ChatMessages messages) {
        for (String name : List.of(
                "gen_ai.prompt",
                "langfuse.observation.input",
                "request_data",
                "input.value",
                "gcp.vertex.agent.llm_request",
                "mlflow.chat.messages",
                "mlflow.spanInputs",
                "braintrust.input_json",
                "genkit:input")) {
            int before = messages.count();
            addLoose(messages, structured.apply(name));
            if (messages.count() > before) {
                return;
            }
        }
    }

    /** Texts to embed; the vectors beside them are answers. */
    private void addEmbedded(ChatMessages messages) {
        var texts = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : Flat.tree(span.attributes(), "embedding.embeddings")) {
            JsonNode text = element.path("embedding").path("text");
            if (text.isTextual()) {
                texts.add(text);
            }
        }
        JsonNode single = span.attributes().get("embedding.text");
        if (texts.isEmpty() && single != null && single.isTextual()) {
            texts.add(single);
        }
        messages.addAll(texts.size() == 1 ? texts.path(0) : texts);
    }
}
