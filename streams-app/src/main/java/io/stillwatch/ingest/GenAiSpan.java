package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.stillwatch.schema.RequestEvent;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One span of the OpenTelemetry GenAI conventions (github.com/open-telemetry/semantic-conventions-genai), current names
 * and the older ones still in use, those of OpenLLMetry and LiteLLM among them.
 */
final class GenAiSpan {
    private static final String[] ACCOUNTS = {
        "stillwatch.account_id",
        "account.id",
        "account_id",
        "customer.id",
        "metadata.user_api_key_user_id",
        "enduser.id",
        "user.id",
        "tenant.id",
        "metadata.user_api_key_team_id",
        "metadata.user_api_key_hash",
        "api_key.id"
    };
    private static final String[] ORGANIZATIONS = {
        "organization.id",
        "organization_id",
        "metadata.user_api_key_org_id",
        "tenant.id",
        "metadata.user_api_key_team_id"
    };
    private static final String[] KEYS = {"api_key.id", "api_key_id", "metadata.user_api_key_hash"};
    private static final String[] END_USERS = {
        "gen_ai.user.id", "enduser.pseudo.id", "metadata.user_api_key_end_user_id", "llm.user", "enduser.id", "user.id"
    };

    /** Operations of the conventions that are no call of a model, or only contain such calls in spans of their own. */
    private static final Set<String> NO_MODEL_CALLS = Set.of(
            "create_agent",
            "execute_tool",
            "invoke_agent",
            "invoke_workflow",
            "plan",
            "retrieval",
            "create_memory",
            "create_memory_store",
            "delete_memory",
            "delete_memory_store",
            "search_memory",
            "update_memory",
            "upsert_memory");

    private static final String[] MODEL_CALL_SIGNS = {
        "gen_ai.operation.name",
        "gen_ai.request.model",
        "gen_ai.response.model",
        "gen_ai.system",
        "gen_ai.provider.name",
        "llm.request.type"
    };

    private static final Map<String, String> OLDER_OPERATIONS =
            Map.of("completion", "text_completion", "embedding", "embeddings");

    /** Prompt texts in the attributes of OpenLLMetry: {@code gen_ai.prompt.0.content}. */
    private static final Pattern INDEXED_PROMPT =
            Pattern.compile("(?:gen_ai\\.prompt|llm\\.prompts)\\.(\\d{1,6})\\.(role|content)");

    private static final Pattern INDEXED_TOOL = Pattern.compile("llm\\.request\\.functions\\.(\\d{1,6})\\.(\\w+)");

    /** Answers, and what is read here piece by piece. */
    private static final Pattern NO_ATTRIBUTE = Pattern.compile(
            "gen_ai\\.output\\.messages|(gen_ai\\.completion|llm\\.completions|gen_ai\\.prompt|llm\\.prompts)(\\..*)?"
                    + "|llm\\.request\\.functions(\\..*)?|stillwatch\\.link\\..*|metadata\\.user_api_key_user_email");

    private static final String LINK_PREFIX = "stillwatch.link.";

    private final JsonNode span;
    private final Map<String, JsonNode> resource;
    private final Map<String, JsonNode> attributes;
    private final Draft draft = new Draft();
    private final RequestEvent event = draft.event;

    GenAiSpan(JsonNode span, Map<String, JsonNode> resource) {
        this.span = span;
        this.resource = resource;
        this.attributes = OtlpValues.attributes(span.path("attributes"));
    }

    /** Why the span is no model call; empty if it is one. */
    Optional<String> noModelCall() {
        String operation = Tree.text(peek("gen_ai.operation.name"));
        if (operation != null && NO_MODEL_CALLS.contains(operation)) {
            return Optional.of("a span of the operation " + operation + " is no model call itself");
        }
        for (String sign : MODEL_CALL_SIGNS) {
            if (attributes.containsKey(sign)) {
                return Optional.empty();
            }
        }
        return Optional.of("a span without gen_ai attributes is no model call");
    }

    RequestEvent event() throws RecordRejected {
        readIdentity();
        readTimes();
        readContent();
        readParameters();
        readOutcome();
        readLinks();
        attributes.forEach((name, value) -> {
            if (!NO_ATTRIBUTE.matcher(name).matches()) {
                draft.attribute(name, value);
            }
        });
        draft.attribute("service.name", resource.getOrDefault("service.name", MissingNode.getInstance()));
        return draft.admit();
    }

    private void readIdentity() throws RecordRejected {
        attributes.remove("metadata.user_api_key_user_id", TextNode.valueOf(LiteLlmPayload.NO_USER));
        String account = takeText(ACCOUNTS);
        event.setAccountId(account == null ? inResource(ACCOUNTS) : account);
        if (event.getAccountId() == null) {
            throw new RecordRejected("no account: neither the span nor its resource has one of the attributes "
                    + String.join(", ", ACCOUNTS));
        }
        String organization = takeText(ORGANIZATIONS);
        event.setOrganizationId(organization == null ? inResource(ORGANIZATIONS) : organization);
        event.setApiKeyId(takeText(KEYS));
        event.setEndUserId(takeText(END_USERS));
        event.setConversationId(takeText("gen_ai.conversation.id", "session.id"));
        event.setModel(takeText("gen_ai.request.model", "gen_ai.response.model"));
        String operation = takeText("gen_ai.operation.name", "llm.request.type");
        event.setOperation(operation == null ? null : OLDER_OPERATIONS.getOrDefault(operation, operation));
        String trace = Tree.firstText(span, "traceId", "trace_id");
        String id = Tree.firstText(span, "spanId", "span_id");
        event.setEventId(trace == null || id == null ? Tree.text(peek("gen_ai.response.id")) : trace + "-" + id);
    }

    private void readTimes() throws RecordRejected {
        Long start = nanoseconds("startTimeUnixNano", "start_time_unix_nano");
        if (start == null) {
            throw new RecordRejected("startTimeUnixNano is missing");
        }
        event.setEventTime(start);
        draft.duration(start, nanoseconds("endTimeUnixNano", "end_time_unix_nano"));
    }

    private Long nanoseconds(String name, String olderName) throws RecordRejected {
        JsonNode value = Tree.first(span, name, olderName);
        boolean unset = Tree.isPresent(value)
                && Numbers.parse(value.asText()).map(BigDecimal::signum).equals(Optional.of(0));
        return unset ? null : Tree.time(value, name, EventTime.Unit.NANOSECONDS);
    }

    private void readContent() {
        ChatMessages messages = new ChatMessages();
        messages.addSystem(structured("gen_ai.system_instructions"));
        int before = messages.count();
        messages.addAll(structured("gen_ai.input.messages"));
        if (messages.count() == before) {
            addIndexedPrompts(messages);
        }
        if (messages.count() == before) {
            addLoose(messages, take("gen_ai.prompt"));
        }
        if (messages.count() == before) {
            addEvents(messages);
        }
        messages.applyTo(event);
        draft.tools(tools());
    }

    private void addIndexedPrompts(ChatMessages messages) {
        Map<Integer, ObjectNode> indexed = indexed(INDEXED_PROMPT);
        indexed.values().forEach(message -> {
            JsonNode content = message.path("content");
            JsonNode parts =
                    content.isTextual() ? Json.embedded(content.textValue()).orElse(content) : content;
            messages.add(message.path("role").asText("user"), parts.isArray() ? parts : content);
        });
    }

    private Map<Integer, ObjectNode> indexed(Pattern pattern) {
        Map<Integer, ObjectNode> indexed = new TreeMap<>();
        attributes.forEach((name, value) -> {
            Matcher matcher = pattern.matcher(name);
            if (matcher.matches()) {
                indexed.computeIfAbsent(
                                Integer.valueOf(matcher.group(1)), index -> JsonNodeFactory.instance.objectNode())
                        .set(matcher.group(2), value);
            }
        });
        return indexed;
    }

    /** Adds what is either messages as JSON, or the prompt itself. */
    private static void addLoose(ChatMessages messages, JsonNode content) {
        JsonNode parsed =
                content.isTextual() ? Json.embedded(content.textValue()).orElse(content) : content;
        boolean isMessages = parsed.path("messages").isArray()
                || (parsed.isArray() && parsed.path(0).has("role"));
        if (isMessages) {
            messages.addAll(parsed);
        } else if (content.isTextual()) {
            messages.addPrompt(content.textValue());
        } else if (parsed.has("role")) {
            messages.add(parsed);
        }
    }

    /** Content in events of the span, as the conventions had it before, and as some instrumentations still do. */
    private void addEvents(ChatMessages messages) {
        for (JsonNode event : span.path("events")) {
            String name = event.path("name").asText();
            Map<String, JsonNode> fields = OtlpValues.attributes(event.path("attributes"));
            JsonNode content = firstOf(fields, "content", "gen_ai.prompt", "gen_ai.event.content");
            switch (name) {
                case "gen_ai.system.message" -> messages.add("system", body(content));
                case "gen_ai.user.message" -> messages.add("user", body(content));
                case "gen_ai.assistant.message" -> messages.add("assistant", body(content));
                case "gen_ai.tool.message" -> messages.add("tool", body(content));
                case "gen_ai.content.prompt" -> addLoose(messages, content);
                default -> {
                    messages.addSystem(loose(firstOf(fields, "gen_ai.system_instructions")));
                    messages.addAll(loose(firstOf(fields, "gen_ai.input.messages")));
                }
            }
        }
    }

    /** The content of a message event, which may hold the whole message as JSON. */
    private static JsonNode body(JsonNode content) {
        JsonNode parsed = loose(content);
        return parsed.isObject() ? parsed.path("content") : parsed.isArray() ? parsed : content;
    }

    private static JsonNode loose(JsonNode content) {
        return content.isTextual() ? Json.embedded(content.textValue()).orElse(content) : content;
    }

    /** An attribute that holds JSON, as such or in a text; that it is cut off is noted. */
    private JsonNode structured(String name) {
        JsonNode value = take(name);
        if (!value.isTextual()) {
            return value;
        }
        Optional<JsonNode> parsed = Json.embedded(value.textValue());
        if (parsed.isPresent() || !startsLikeJson(value.textValue())) {
            return parsed.orElse(value);
        }
        draft.attribute("stillwatch.cut_off", name);
        return CutJson.read(value.textValue()).orElse(MissingNode.getInstance());
    }

    private static boolean startsLikeJson(String text) {
        return text.stripLeading().startsWith("[") || text.stripLeading().startsWith("{");
    }

    private JsonNode tools() {
        JsonNode definitions = structured("gen_ai.tool.definitions");
        if (definitions.isArray()) {
            return definitions;
        }
        JsonNode functions = structured("llm.request.functions");
        return functions.isArray()
                ? functions
                : JsonNodeFactory.instance
                        .arrayNode()
                        .addAll(indexed(INDEXED_TOOL).values());
    }

    private void readParameters() {
        draft.temperature(take("gen_ai.request.temperature", "llm.temperature"));
        draft.topP(take("gen_ai.request.top_p", "llm.top_p"));
        draft.maxTokens(take("gen_ai.request.max_tokens", "llm.request.max_tokens"));
        draft.n(take("gen_ai.request.choice.count"));
        draft.topLogprobs(take("gen_ai.request.top_logprobs", "openai.request.top_logprobs"));
        draft.logprobs(take("gen_ai.request.logprobs", "openai.request.logprobs"));
        draft.stream(take("gen_ai.request.stream", "gen_ai.request.is_stream", "llm.is_streaming"));
        draft.stop(take("gen_ai.request.stop_sequences", "llm.chat.stop_sequences"));
    }

    private void readOutcome() throws RecordRejected {
        event.setInputTokens(Tree.whole(
                take("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens", "llm.usage.prompt_tokens"),
                "input_tokens"));
        event.setOutputTokens(Tree.whole(
                take("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens", "llm.usage.completion_tokens"),
                "output_tokens"));
        event.setCachedInputTokens(Tree.whole(
                take(
                        "gen_ai.usage.cache_read.input_tokens",
                        "gen_ai.usage.cache_read_input_tokens",
                        "gen_ai.usage.input_tokens.cached"),
                "cached_input_tokens"));
        event.setReasoningTokens(Tree.whole(
                take(
                        "gen_ai.usage.reasoning.output_tokens",
                        "gen_ai.usage.reasoning_tokens",
                        "gen_ai.usage.output_tokens.reasoning"),
                "reasoning_tokens"));
        JsonNode reasons = take("gen_ai.response.finish_reasons");
        JsonNode reason = reasons.isArray() ? reasons.path(0) : reasons;
        String older = Tree.text(peek("gen_ai.completion.0.finish_reason"));
        event.setFinishReason(Tree.isPresent(reason) ? Tree.text(reason) : older);
        String status = takeText("http.response.status_code", "http.status_code");
        if (status != null && status.matches("[1-5]\\d\\d")) {
            event.setStatus(Integer.valueOf(status));
        }
    }

    private void readLinks() {
        draft.network(takeText("client.address", "http.client_ip", "net.sock.peer.addr", "net.peer.ip"));
        draft.link("client", takeText("user_agent.original", "http.user_agent"));
        draft.link("tls", takeText("tls.client.ja4", "tls.client.ja3"));
        draft.link("country", takeText("geo.country.iso_code"));
        attributes.forEach((name, value) -> {
            if (name.startsWith(LINK_PREFIX)) {
                draft.link(name.substring(LINK_PREFIX.length()), Tree.text(value));
            }
        });
    }

    private String inResource(String... names) {
        return Tree.text(firstOf(resource, names));
    }

    private JsonNode peek(String name) {
        return attributes.getOrDefault(name, MissingNode.getInstance());
    }

    private String takeText(String... names) {
        return Tree.text(take(names));
    }

    /** The first of the attributes that is set; it goes into a field and becomes no attribute of the event. */
    private JsonNode take(String... names) {
        for (String name : names) {
            JsonNode value = attributes.get(name);
            if (value != null && !(value.isTextual() && value.textValue().isBlank())) {
                attributes.remove(name);
                return value;
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode firstOf(Map<String, JsonNode> attributes, String... names) {
        for (String name : names) {
            JsonNode value = attributes.get(name);
            if (value != null && !(value.isTextual() && value.textValue().isBlank())) {
                return value;
            }
        }
        return MissingNode.getInstance();
    }
}
