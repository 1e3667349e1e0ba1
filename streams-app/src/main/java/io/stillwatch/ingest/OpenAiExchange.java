package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.schema.RequestEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A logged request of the OpenAI API (chat completions, completions, embeddings, responses) with its response, inside
 * whatever a gateway wraps around them: {@code {"request": {...}, "response": {...}, "timestamp": ..., ...}}, lines of
 * the Batch API with the same additions, or the request itself with them.
 *
 * <p>No schema fixes the wrapper, so common names are tried in order; {@code docs/input-formats.md} lists them. The
 * account is never taken from the request: its {@code user} is what the caller chose to write.
 */
final class OpenAiExchange {
    /** Where a wrapper keeps the request, in order of preference. */
    static final List<String> REQUEST_NAMES = List.of("request", "request_body", "body");

    private static final String[] REQUESTS = REQUEST_NAMES.toArray(String[]::new);
    private static final String[] RESPONSES = {"response", "response_body"};
    private static final String[] TIMES = {
        "event_time",
        "timestamp",
        "@timestamp",
        "time",
        "ts",
        "start_time",
        "started_at",
        "request_time",
        "requested_at",
        "received_at",
        "created_at"
    };
    private static final String[] ACCOUNTS = {
        "account_id",
        "account",
        "customer_id",
        "user_id",
        "tenant_id",
        "project_id",
        "team_id",
        "organization_id",
        "org_id",
        "api_key_id",
        "key_id",
        "api_key_hash"
    };
    private static final String[] ORGANIZATIONS = {"organization_id", "org_id", "tenant_id"};
    private static final String[] KEYS = {"api_key_id", "key_id", "api_key_hash"};
    private static final String[] SECRETS = {"api_key", "authorization", "Authorization", "x-api-key", "X-Api-Key"};
    private static final String[] IDS = {"event_id", "request_id", "id"};
    private static final String[] STATUSES = {"status_code", "http_status", "response_status", "status"};
    private static final String[] DURATIONS = {"duration_ms", "latency_ms", "response_time_ms"};
    private static final String[] CONVERSATIONS = {"conversation_id", "session_id", "thread_id"};
    private static final String[] ADDRESSES = {
        "client_ip", "ip", "ip_address", "remote_addr", "source_ip", "x-forwarded-for", "X-Forwarded-For"
    };
    private static final String[] AGENTS = {"user_agent", "user-agent", "User-Agent"};
    /** In a fixed order, unlike a map of the platform's: events must be written the same way in every process. */
    private static final List<LinkNames> LINKS = List.of(
            new LinkNames("tls", List.of("ja4", "tls")),
            new LinkNames("country", List.of("country", "country_code")),
            new LinkNames("payment", List.of("payment")),
            new LinkNames("signup", List.of("signup")));

    private record LinkNames(String type, List<String> names) {}
    /** Beside the parameters, what is mapped from a request, and texts; all else is kept as an attribute. */
    private static final Set<String> REQUEST_TEXTS = Set.of(
            "model",
            "messages",
            "prompt",
            "input",
            "instructions",
            "system",
            "user",
            "safety_identifier",
            "conversation",
            "suffix");

    private static final Pattern HTTP_STATUS = Pattern.compile("[1-5]\\d\\d");

    private final JsonNode wrapper;
    /** Whether the wrapper is the request itself. */
    private final boolean bare;

    private final JsonNode request;
    private final JsonNode response;
    private final ObjectNode headers = JsonNodeFactory.instance.objectNode();
    private final Draft draft = new Draft();
    private final RequestEvent event = draft.event;
    /** Fields of the wrapper that went somewhere; the others become attributes. */
    private final Set<String> taken = new HashSet<>();

    private OpenAiExchange(JsonNode wrapper) throws RecordRejected {
        JsonNode outer = embedded(Tree.first(wrapper, REQUESTS));
        this.bare = !outer.isObject();
        this.wrapper = wrapper;
        this.request = bare ? wrapper : inner(outer);
        this.response = merged(embedded(inner(embedded(Tree.first(wrapper, RESPONSES)))));
        if (Tree.text(request.path("model")) == null && !hasContent()) {
            throw new RecordRejected("there is no request: none of " + String.join(", ", REQUEST_NAMES)
                    + " holds an object with a model");
        }
        collectHeaders(wrapper.path("headers"));
        collectHeaders(outer.path("headers"));
    }

    static RequestEvent read(byte[] bytes, int from, int length) throws RecordRejected {
        return new OpenAiExchange(Json.object(bytes, from, length)).event();
    }

    private RequestEvent event() throws RecordRejected {
        readTime();
        readAccount();
        readContent();
        event.setModel(Tree.firstText(request, "model"));
        OpenAiFields.parameters(request, draft);
        OpenAiFields.usage(Tree.first(response, "usage"), draft);
        event.setFinishReason(OpenAiFields.finishReason(response));
        readOutcome();
        readLinks();
        readAttributes();
        return draft.admit();
    }

    private void readTime() throws RecordRejected {
        for (String name : TIMES) {
            JsonNode value = wrapper.path(name);
            String text = value.isNumber() || value.isTextual() ? value.asText() : "";
            if (!text.isBlank()) {
                taken.add(name);
                event.setEventTime(EventTime.fromTextOfAnyUnit(name, text));
                return;
            }
        }
        Long created =
                Tree.time(Tree.first(response, "created", "created_at"), "response.created", EventTime.Unit.SECONDS);
        if (created == null) {
            throw new RecordRejected(
                    "no time: none of " + String.join(", ", TIMES) + " is given, and the response has no created");
        }
        event.setEventTime(created);
    }

    private void readAccount() throws RecordRejected {
        String key = take(KEYS);
        String secret = firstPresent(Tree.firstText(wrapper, SECRETS), Tree.firstText(headers, SECRETS));
        if (key == null && secret != null) {
            key = Hash.ofSecret(secret);
        }
        String account = take(ACCOUNTS);
        String organization = firstPresent(take(ORGANIZATIONS), Tree.firstText(headers, "openai-organization"));
        event.setApiKeyId(key);
        event.setOrganizationId(organization);
        if (account == null && !bare) {
            account = Tree.firstText(wrapper.path("metadata"), ACCOUNTS);
        }
        account = firstPresent(account, Tree.firstText(headers, "openai-project"));
        account = firstPresent(account, organization);
        account = firstPresent(account, key);
        if (account == null) {
            throw new RecordRejected("no account: none of " + String.join(", ", ACCOUNTS) + " is given");
        }
        event.setAccountId(account);
        event.setEndUserId(Tree.firstText(request, "safety_identifier", "user"));
    }

    private void readContent() {
        ChatMessages messages = new ChatMessages();
        messages.addSystem(Tree.first(request, "instructions", "system"));
        JsonNode chat = request.path("messages");
        JsonNode text = Tree.first(request, "prompt", "input");
        if (chat.isArray()) {
            messages.addAll(chat);
        } else if (text.isTextual()) {
            messages.addPrompt(text.textValue());
        } else {
            messages.addAll(text);
        }
        messages.applyTo(event);
        event.setOperation(operation());
    }

    private String operation() {
        String endpoint = String.join(
                " ",
                wrapper.path("url").asText(),
                wrapper.path("endpoint").asText(),
                wrapper.path("path").asText(),
                Tree.first(wrapper, REQUESTS).path("url").asText());
        if (endpoint.contains("embeddings") || isEmbedding()) {
            return "embeddings";
        }
        if (request.path("messages").isArray() || request.has("input")) {
            return "chat";
        }
        return request.has("prompt") ? "text_completion" : null;
    }

    private boolean isEmbedding() {
        return request.has("encoding_format")
                || request.has("dimensions")
                || response.path("data").path(0).path("object").asText().equals("embedding");
    }

    private void readOutcome() {
        JsonNode outerResponse = embedded(Tree.first(wrapper, RESPONSES));
        String id = firstPresent(take(IDS), Tree.firstText(outerResponse, "request_id"));
        event.setEventId(firstPresent(id, Tree.firstText(response, "id")));
        JsonNode conversation = request.path("conversation");
        String requested = conversation.isObject() ? Tree.firstText(conversation, "id") : Tree.text(conversation);
        event.setConversationId(firstPresent(take(CONVERSATIONS), requested));
        event.setStatus(status(outerResponse));
        draft.durationMs(wrapper.path(takenName(DURATIONS)));
    }

    private Integer status(JsonNode outerResponse) {
        for (String name : STATUSES) {
            JsonNode value = wrapper.path(name);
            if (HTTP_STATUS.matcher(value.asText()).matches()) {
                taken.add(name);
                return value.asInt();
            }
        }
        JsonNode inResponse = Tree.first(outerResponse, "status_code", "status");
        return HTTP_STATUS.matcher(inResponse.asText()).matches() ? inResponse.asInt() : null;
    }

    private void readLinks() {
        draft.network(take(ADDRESSES));
        draft.network(Tree.firstText(headers, "x-forwarded-for", "x-real-ip"));
        draft.link("client", take(AGENTS));
        draft.link("client", Tree.firstText(headers, "user-agent"));
        LINKS.forEach(link -> draft.link(link.type, take(link.names.toArray(String[]::new))));
        for (Map.Entry<String, JsonNode> link : wrapper.path("links").properties()) {
            draft.link(link.getKey(), Tree.text(link.getValue()));
        }
    }

    private void readAttributes() {
        taken.addAll(List.of("headers", "links", "metadata", "method"));
        taken.addAll(REQUEST_NAMES);
        taken.addAll(List.of(RESPONSES));
        taken.addAll(List.of(SECRETS));
        Set<String> mapped = new HashSet<>(OpenAiFields.PARAMETERS);
        mapped.addAll(REQUEST_TEXTS);
        mapped.addAll(List.of(SECRETS));
        if (bare) {
            mapped.addAll(taken);
        } else {
            draft.attributes("", wrapper, taken);
            draft.attributes("metadata.", wrapper.path("metadata"), Set.of());
        }
        draft.attributes("request.", request, mapped);
    }

    /** The text of the first of these fields of the wrapper that has one; null if none has. */
    private String take(String... names) {
        return Tree.firstText(wrapper, takenName(names));
    }

    private String takenName(String... names) {
        for (String name : names) {
            if (Tree.firstText(wrapper, name) != null) {
                taken.add(name);
                return name;
            }
        }
        return names[0];
    }

    private static String firstPresent(String first, String second) {
        return first == null ? second : first;
    }

    private boolean hasContent() {
        return request.has("messages") || request.has("prompt") || request.has("input");
    }

    private void collectHeaders(JsonNode given) {
        for (Map.Entry<String, JsonNode> header : given.properties()) {
            headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), header.getValue());
        }
    }

    /** A gateway that logs HTTP has the API's object in a body beside method, headers or status. */
    private static JsonNode inner(JsonNode outer) {
        JsonNode body = embedded(outer.path("body"));
        return body.isObject() || body.isArray() ? body : outer;
    }

    private static JsonNode embedded(JsonNode node) {
        return node.isTextual() ? Json.embedded(node.textValue()).orElse(node) : node;
    }

    /** A streamed response logged as the array of its chunks, as one object: of each field the last one that is set. */
    private static JsonNode merged(JsonNode response) {
        if (!response.isArray()) {
            return response;
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (JsonNode chunk : response) {
            for (Map.Entry<String, JsonNode> field : chunk.properties()) {
                boolean empty = !Tree.isPresent(field.getValue())
                        || (field.getValue().isArray() && field.getValue().isEmpty());
                if (!empty) {
                    merged.set(field.getKey(), field.getValue());
                }
            }
        }
        JsonNode completed = merged.path("response");
        return completed.isObject() ? completed : merged;
    }
}
