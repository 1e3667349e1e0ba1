package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.schema.RequestEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A logged request to a model API (OpenAI, Anthropic, Gemini) with its response, inside whatever a gateway wraps around them:
 * {@code {"request": {...}, "response": {...}, "timestamp": ..., ...}}, lines of a batch with the same additions, exports of
 * Portkey and Helicone, or the request itself with them.
 *
 * <p>No schema fixes the wrapper, so common names are tried in order, in any spelling; {@code docs/input-formats.md} lists
 * them. The account is never taken from the request: its {@code user} is what the caller chose to write.
 */
final class OpenAiExchange {
    /** Where a wrapper keeps the request, in order of preference. */
    static final List<String> REQUEST_NAMES = List.of("request", "request_body", "body", "params");

    static final List<String> RESPONSE_NAMES = List.of("response", "response_body", "result");

    private static final String[] REQUESTS = REQUEST_NAMES.toArray(String[]::new);
    private static final String[] RESPONSES = RESPONSE_NAMES.toArray(String[]::new);
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
        "api_key_hash",
        "request_user_id",
        "helicone_user_id"
    };
    /** In the wrapper's metadata, which is the operator's; Portkey's name for it is the last. */
    private static final String[] METADATA_ACCOUNTS = {
        "account_id", "account", "customer_id", "user_id", "tenant_id", "project_id", "team_id", "_user"
    };

    private static final String[] ORGANIZATIONS = {"organization_id", "org_id", "tenant_id"};
    private static final String[] KEYS = {"api_key_id", "key_id", "api_key_hash"};
    private static final String[] SECRETS = {"api_key", "authorization", "x-api-key", "x-goog-api-key", "api-key"};
    private static final String[] IDS = {"event_id", "request_id", "id"};
    private static final String[] STATUSES = {
        "status_code", "http_status", "response_status", "response_status_code", "status"
    };
    private static final String[] DURATIONS = {
        "duration_ms", "latency_ms", "response_time_ms", "response_time", "delay_ms"
    };
    private static final String[] CONVERSATIONS = {"conversation_id", "session_id", "thread_id"};
    private static final String[] ADDRESSES = {
        "client_ip", "ip", "ip_address", "remote_addr", "source_ip", "x-forwarded-for", "x-real-ip"
    };
    private static final String[] INPUT_TOKENS = {"prompt_tokens", "input_tokens", "tokens_in", "req_units"};
    private static final String[] OUTPUT_TOKENS = {"completion_tokens", "output_tokens", "tokens_out", "res_units"};
    /** What a caller may have written into a request to a model itself is no body of one: see {@link ModelRequest#isRequest}. */
    private static final List<String> REQUEST_BODIES = List.of("body", "json", "payload");

    private static final List<String> RESPONSE_BODIES = List.of("body", "message", "json", "payload");

    /** In a fixed order, unlike a map of the platform's: events must be written the same way in every process. */
    private static final List<LinkNames> LINKS = List.of(
            new LinkNames("tls", List.of("ja4", "tls")),
            new LinkNames("country", List.of("country", "country_code")),
            new LinkNames("payment", List.of("payment")),
            new LinkNames("signup", List.of("signup")));

    /** Fields of a wrapper that are kept as attributes; none can hold an answer, a secret, or who somebody is. */
    private static final Set<String> ALLOWED = Set.of(
            "provider",
            "ai_provider",
            "ai_org",
            "region",
            "environment",
            "env",
            "gateway",
            "gateway_id",
            "route",
            "route_id",
            "service",
            "service_name",
            "deployment",
            "endpoint",
            "operation",
            "cached",
            "cache_hit",
            "cache_status",
            "rate_limited",
            "cost",
            "currency",
            "retries",
            "custom_id",
            "batch_id",
            "trace_id",
            "span_id",
            "model_id",
            "upstream");

    private record LinkNames(String type, List<String> names) {}

    private final Row row;
    private final JsonNode wrapper;
    /** Whether the wrapper is the request itself. */
    private final boolean bare;

    private final JsonNode request;
    private final JsonNode outerResponse;
    private final JsonNode response;
    private final ObjectNode headers = JsonNodeFactory.instance.objectNode();
    private final EventDraft draft = new EventDraft();
    private final RequestEvent event = draft.event;

    private OpenAiExchange(Row row) throws RecordRejected {
        this.row = row;
        this.wrapper = row.record();
        JsonNode outer = row.unpacked(REQUESTS);
        this.bare = !outer.isObject();
        JsonNode logged = ModelRequest.isRequest(outer) ? outer : inner(outer, REQUEST_BODIES);
        this.request = bare ? wrapper : logged;
        this.outerResponse = row.unpacked(RESPONSES);
        this.response = ModelResponse.whole(inner(outerResponse, RESPONSE_BODIES));
        if (!ModelRequest.isRequest(request)) {
            throw new RecordRejected("there is no request: none of " + String.join(", ", REQUEST_NAMES)
                    + " holds an object with a model");
        }
        for (String name : List.of("headers", "request_headers")) {
            collectHeaders(Json.unpacked(Tree.folded(wrapper, name)));
        }
        collectHeaders(Json.unpacked(outer.path("headers")));
    }

    static Ingested read(Row row) throws RecordRejected {
        return RowReader.accepted(row, new OpenAiExchange(row).draft());
    }

    private EventDraft draft() throws RecordRejected {
        Long created = row.timeOf(Tree.first(response, "created", "created_at"), "response.created");
        event.setEventTime(hasTime() || created == null ? row.time(Row.TIMES) : created);
        readAccount();
        ModelRequest.read(request, draft);
        readOperation();
        ModelResponse.read(response, draft);
        readFlatUsage();
        readOutcome();
        readLinks();
        if (!bare) {
            draft.attributes("", wrapper, ALLOWED);
        }
        return draft;
    }

    private boolean hasTime() {
        for (String name : Row.TIMES) {
            JsonNode value = Tree.folded(wrapper, name);
            if (Tree.isPresent(value) && !value.asText(" ").isEmpty()) {
                return true;
            }
        }
        return row.envelope().isObject()
                && Row.TIMES.stream().anyMatch(name -> Tree.isPresent(Tree.folded(row.envelope(), name)));
    }

    private void readAccount() throws RecordRejected {
        String key = row.identity(KEYS);
        if (key == null) {
            key = Identity.ofSecret(Row.textIn(bare ? headers : wrapper, SECRETS));
        }
        key = key == null ? Identity.ofSecret(Row.textIn(headers, SECRETS)) : key;
        event.setApiKeyId(key);
        String organization = row.identity(ORGANIZATIONS);
        event.setOrganizationId(organization == null ? Row.identityIn(headers, "openai-organization") : organization);
        JsonNode metadata = bare ? Tree.missing() : row.unpacked("metadata", "properties");
        row.account(
                event,
                "none of " + String.join(", ", ACCOUNTS)
                        + " is given, nor one of them in metadata, nor a header authorization that is not blacked out",
                row.identity(ACCOUNTS),
                Row.identityIn(metadata, METADATA_ACCOUNTS),
                Row.identityIn(headers, "openai-project"),
                event.getOrganizationId(),
                key);
    }

    private void readOperation() {
        JsonNode logged = Tree.firstFolded(wrapper, REQUESTS);
        boolean embeds = namesEmbedding(wrapper.path("url"))
                || namesEmbedding(wrapper.path("endpoint"))
                || namesEmbedding(wrapper.path("path"))
                || namesEmbedding(wrapper.path("request_path"))
                || namesEmbedding(logged.path("url"))
                || namesEmbedding(logged.path("path"))
                || response.path("data").path(0).path("object").asText().equals("embedding");
        if (embeds) {
            event.setOperation("embeddings");
        }
    }

    private static boolean namesEmbedding(JsonNode endpoint) {
        return endpoint.isValueNode()
                && endpoint.asText().toLowerCase(Locale.ROOT).contains("embed");
    }

    private void readFlatUsage() {
        EventDraft flat = new EventDraft();
        flat.inputTokens(Tree.firstFolded(wrapper, INPUT_TOKENS));
        flat.outputTokens(Tree.firstFolded(wrapper, OUTPUT_TOKENS));
        EventMerge.fill(event, flat.event);
        if (event.getModel() == null) {
            event.setModel(row.text("model", "ai_model", "requested_model"));
        }
    }

    private void readOutcome() {
        event.setEventId(row.identity(IDS));
        if (event.getEventId() == null) {
            event.setEventId(Row.identityIn(outerResponse, "request_id"));
        }
        if (event.getEventId() == null) {
            event.setEventId(Row.identityIn(response, "id"));
        }
        String conversation = row.identity(CONVERSATIONS);
        event.setConversationId(conversation == null ? event.getConversationId() : conversation);
        for (String name : STATUSES) {
            if (event.getStatus() == null) {
                draft.status(Tree.folded(wrapper, name));
            }
        }
        for (String name : List.of("status_code", "status")) {
            if (event.getStatus() == null) {
                draft.status(outerResponse.path(name));
            }
        }
        ModelResponse.error(Tree.folded(wrapper, "error"), draft);
        draft.durationMs(Tree.firstFolded(wrapper, DURATIONS));
    }

    private void readLinks() {
        draft.network(row.text(ADDRESSES));
        draft.network(Row.textIn(headers, "x-forwarded-for", "x-real-ip"));
        draft.link("client", row.text("user_agent"));
        draft.link("client", Row.textIn(headers, "user-agent"));
        LINKS.forEach(link -> link.names.forEach(name -> draft.link(link.type, row.text(name))));
        for (Map.Entry<String, JsonNode> link : wrapper.path("links").properties()) {
            draft.link(link.getKey(), Tree.text(link.getValue()));
        }
    }

    private void collectHeaders(JsonNode given) {
        for (Map.Entry<String, JsonNode> header : given.properties()) {
            JsonNode value = header.getValue().isArray() ? header.getValue().path(0) : header.getValue();
            headers.putIfAbsent(header.getKey().toLowerCase(Locale.ROOT), value);
        }
        if (given.isArray()) {
            // As HAR has them.
            given.forEach(header ->
                    headers.putIfAbsent(header.path("name").asText().toLowerCase(Locale.ROOT), header.path("value")));
        }
    }

    /** A gateway that logs HTTP has the API's object in a body beside method, headers or status. */
    private static JsonNode inner(JsonNode outer, List<String> names) {
        for (String name : names) {
            JsonNode body = Json.unpacked(outer.path(name));
            boolean api = body.isContainerNode()
                    || (body.isTextual() && body.textValue().contains("data:"));
            if (api && !outer.has("messages") && !outer.has("choices")) {
                return body;
            }
        }
        return outer;
    }
}
