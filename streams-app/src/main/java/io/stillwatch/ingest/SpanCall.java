package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one span and its log records tell of a call: the GenAI conventions of OpenTelemetry, present and past
 * (github.com/open-telemetry/semantic-conventions-genai), and the names of OpenInference, OpenLLMetry, the AI SDK,
 * Langfuse, LangSmith, MLflow, Logfire, ADK and others. {@code docs/input-formats.md} has the table.
 *
 * <p>Only what is named here is kept, so no attribute that a library comes to write can carry an answer or a secret along.
 */
final class SpanCall {
    /** Where libraries put the request, or its parameters, as one JSON object. */
    private static final String[] BODIES = {
        "llm.invocation_parameters",
        "langsmith.metadata.ls_invocation_params",
        "langfuse.observation.model.parameters",
        "gen_ai.prompt",
        "request_data",
        "input.value",
        "langfuse.observation.input",
        "gcp.vertex.agent.llm_request",
        "mlflow.spanInputs",
        "braintrust.metadata",
        "braintrust.input_json",
        "genkit:input"
    };

    /** Identifiers that an application sets for whom it serves. */
    private static final String[] USERS = {
        "user.id",
        "enduser.id",
        "langfuse.user.id",
        "langfuse.trace.user_id",
        "gen_ai.user.id",
        "enduser.pseudo.id",
        "traceloop.association.properties.user_id",
        "traceloop.association.properties.userId",
        "ai.telemetry.metadata.userId",
        "ai.telemetry.metadata.user_id",
        "ai.settings.context.userId",
        "ai.settings.context.user_id",
        "metadata.user_api_key_end_user_id",
        "metadata.userId",
        "metadata.user_id",
        "langsmith.metadata.user_id",
        "langsmith.metadata.userId",
        "gcp.vertex.agent.user_id",
        "mlflow.trace.user",
        "gen_ai.request.user",
        "llm.user"
    };

    private static final String[] CONVERSATIONS = {
        "gen_ai.conversation.id",
        "session.id",
        "langfuse.session.id",
        "langfuse.trace.session_id",
        "traceloop.association.properties.chat_id",
        "traceloop.association.properties.session_id",
        "traceloop.association.properties.conversation_id",
        "traceloop.association.properties.thread_id",
        "traceloop.association.properties.chatId",
        "traceloop.association.properties.sessionId",
        "ai.telemetry.metadata.sessionId",
        "ai.telemetry.metadata.session_id",
        "ai.telemetry.metadata.chatId",
        "ai.telemetry.metadata.threadId",
        "ai.settings.context.sessionId",
        "ai.settings.context.chatId",
        "metadata.sessionId",
        "metadata.session_id",
        "metadata.thread_id",
        "langsmith.trace.session_id",
        "langsmith.metadata.session_id",
        "langsmith.metadata.thread_id",
        "langsmith.metadata.conversation_id",
        "gcp.vertex.agent.session_id",
        "mlflow.trace.session",
        "thread.id"
    };

    private static final String[] ORGANIZATIONS = {
        "organization.id",
        "organization_id",
        "metadata.user_api_key_org_id",
        "tenant.id",
        "metadata.user_api_key_team_id"
    };

    private static final String[] KEYS = {"api_key.id", "api_key_id", "metadata.user_api_key_hash"};

    /** Attributes that are kept as such: none can hold an answer, a secret, or who somebody is. */
    private static final List<String> ALLOWED = List.of(
            "gen_ai.system",
            "gen_ai.provider.name",
            "gen_ai.response.model",
            "gen_ai.response.id",
            "gen_ai.output.type",
            "gen_ai.agent.name",
            "gen_ai.agent.id",
            "gen_ai.request.frequency_penalty",
            "gen_ai.request.presence_penalty",
            "gen_ai.request.top_k",
            "gen_ai.request.seed",
            "gen_ai.request.encoding_formats",
            "gen_ai.request.reasoning_effort",
            "gen_ai.request.service_tier",
            "gen_ai.response.service_tier",
            "gen_ai.response.system_fingerprint",
            "gen_ai.openai.request.service_tier",
            "gen_ai.openai.response.service_tier",
            "openai.request.service_tier",
            "openai.response.service_tier",
            "openai.response.system_fingerprint",
            "openai.api.type",
            "anthropic.response.service_tier",
            "gen_ai.usage.cache_creation.input_tokens",
            "gen_ai.usage.cache_write.input_tokens",
            "gen_ai.usage.cost",
            "llm.provider",
            "llm.system",
            "ai.model.provider",
            "ai.telemetry.functionId",
            "error.type",
            "server.address",
            "server.port",
            "http.route",
            "deployment.environment",
            "deployment.environment.name",
            "langfuse.environment",
            "langfuse.release",
            "metadata.user_api_key_alias",
            "metadata.user_api_key_team_alias");

    private static final List<String> ALLOWED_OF_RESOURCE =
            List.of("service.name", "service.version", "deployment.environment", "deployment.environment.name");

    private static final String LINK_PREFIX = "stillwatch.link.";

    /** How libraries begin the text of an error that has a status. */
    private static final Pattern STATUS_IN_TEXT =
            Pattern.compile("^\\s*(?:[\\w.]*(?:Error|Exception)\\s*:\\s*)?(?:HTTP[ /\\d.]*)?([45]\\d\\d)\\b"
                    + "|(?i:status(?:[ _]?code)?|error code|http)\\W{1,4}([45]\\d\\d)\\b");

    private static final Pattern RATE_LIMIT = Pattern.compile("(?i)\\brate.?limit|too many requests");

    private static final int TEXT_LOOKED_AT = 300;

    private final SpanPiece span;
    private final List<LogPiece> logs;
    private final Map<String, JsonNode> attributes;
    private final EventDraft draft = new EventDraft();
    private final RequestEvent event = draft.event;
    private final List<JsonNode> bodies = new ArrayList<>();

    private SpanCall(SpanPiece span, List<LogPiece> logs) {
        this.span = span;
        this.logs = LogOrder.of(logs);
        this.attributes = span.attributes();
    }

    /** What the span tells, neither checked nor bounded; without an account. */
    static RequestEvent read(SpanPiece span, List<LogPiece> logs) {
        return new SpanCall(span, logs).read();
    }

    private RequestEvent read() {
        for (String name : BODIES) {
            JsonNode body = Json.unpacked(peek(name));
            if (body.isObject()) {
                bodies.add(body.path("request").isObject() ? body.path("request") : body);
            }
        }
        event.setEventId(span.eventId().orElseGet(() -> Identity.of(text("gen_ai.response.id"))));
        span.start().ifPresent(start -> {
            event.setEventTime(start);
            draft.duration(start, span.end().orElse(null));
        });
        readIdentity();
        readModel();
        readContent();
        readParameters();
        readUsage();
        readOutcome();
        readLinks();
        ALLOWED.forEach(name -> attribute(name, peek(name)));
        ALLOWED_OF_RESOURCE.forEach(name -> attribute(name, span.resource().getOrDefault(name, Tree.missing())));
        return draft.unchecked();
    }

    private void attribute(String name, JsonNode value) {
        if (value.isValueNode()) {
            draft.attribute(name, value);
        }
    }

    private void readIdentity() {
        event.setOrganizationId(firstIdentity(span.resource(), ORGANIZATIONS));
        if (event.getOrganizationId() == null) {
            event.setOrganizationId(firstIdentity(attributes, ORGANIZATIONS));
        }
        event.setApiKeyId(firstIdentity(attributes, KEYS));
        event.setEndUserId(endUser(span));
        event.setConversationId(conversation(span));
        if (event.getEndUserId() == null) {
            for (JsonNode body : bodies) {
                String user = Identity.of(Tree.firstText(body, "safety_identifier", "user"));
                user = user == null
                        ? Identity.of(Tree.text(body.path("metadata").path("user_id")))
                        : user;
                if (user != null) {
                    event.setEndUserId(user);
                    return;
                }
            }
        }
    }

    /** Whom the span says it serves, null where it does not. */
    static @Nullable String endUser(SpanPiece span) {
        String user = firstIdentity(span.attributes(), USERS);
        return user != null ? user : inMetadata(span, "user_id", "userId", "user");
    }

    /** The conversation the span says it belongs to, null where it does not. */
    static @Nullable String conversation(SpanPiece span) {
        String conversation = firstIdentity(span.attributes(), CONVERSATIONS);
        return conversation != null ? conversation : inMetadata(span, "session_id", "sessionId", "thread_id");
    }

    /** OpenInference has one attribute for all that an application notes. */
    private static @Nullable String inMetadata(SpanPiece span, String... names) {
        JsonNode metadata = span.attributes().getOrDefault("metadata", Tree.missing());
        return Identity.of(Tree.firstText(Json.unpacked(metadata), names));
    }

    static @Nullable String firstIdentity(Map<String, JsonNode> attributes, String... names) {
        for (String name : names) {
            JsonNode value = attributes.get(name);
            String identity = value == null ? null : Identity.of(Tree.text(value));
            if (identity != null) {
                return identity;
            }
        }
        return null;
    }

    private void readModel() {
        String model = text("gen_ai.request.model", "llm.request.model_name", "llm.request.model");
        for (JsonNode body : bodies) {
            model = model == null ? Tree.firstText(body, "model", "model_name") : model;
        }
        event.setModel(
                model != null
                        ? model
                        : text(
                                "llm.model_name",
                                "embedding.model_name",
                                "ai.model.id",
                                "langfuse.observation.model.name",
                                "langsmith.metadata.ls_model_name",
                                "mlflow.llm.model",
                                "gen_ai.response.model",
                                "llm.response.model",
                                "model_name"));
        event.setOperation(ModelCalls.operation(span, event.getModel()));
    }

    private void readContent() {
        ChatMessages messages = new ChatMessages();
        messages.addSystem(structured("gen_ai.system_instructions"));
        for (SpanPiece.Event happened : span.events()) {
            messages.addSystem(
                    Json.unpacked(happened.attributes().getOrDefault("gen_ai.system_instructions", Tree.missing())));
        }
        logs.forEach(log -> messages.addSystem(Json.unpacked(in(log, "gen_ai.system_instructions"))));
        new SpanMessages(span, logs, this::structured).addTo(messages);
        for (JsonNode body : bodies) {
            if (event.getSystem() == null) {
                messages.addSystem(
                        Tree.first(body, "instructions", "system", "system_instruction", "systemInstruction"));
            }
            messages.addSystem(Tree.first(body.path("config"), "system_instruction", "systemInstruction"));
        }
        messages.addSystem(peek("langfuse.observation.metadata.instructions"));
        draft.tools(tools());
        draft.messages(messages);
    }

    private static JsonNode in(LogPiece log, String name) {
        JsonNode value = log.attributes().get(name);
        return value != null ? value : log.body().path(name);
    }

    /** An attribute that holds JSON, as such or in a text; that it is cut off is noted. */
    private JsonNode structured(String name) {
        JsonNode value = peek(name);
        if (!value.isTextual()) {
            return value;
        }
        JsonNode parsed = Json.unpacked(value);
        String begin = value.textValue().stripLeading();
        if (!parsed.isTextual() || !(begin.startsWith("[") || begin.startsWith("{"))) {
            return parsed;
        }
        JsonNode read = CutJson.read(value.textValue()).orElse(MissingNode.getInstance());
        if (Tree.isPresent(read)) {
            draft.attribute("stillwatch.cut_off", name);
            return read;
        }
        return begin.startsWith("[{\"") || begin.startsWith("{\"") ? MissingNode.getInstance() : value;
    }

    private JsonNode tools() {
        for (String name : List.of(
                "gen_ai.tool.definitions",
                "llm.request.functions",
                "ai.prompt.tools",
                "gen_ai.request.tools",
                "langfuse.observation.metadata.tools",
                "mlflow.chat.tools")) {
            JsonNode definitions = structured(name);
            if (definitions.isArray() && !definitions.isEmpty()) {
                return unpackedEach(definitions);
            }
        }
        for (LogPiece log : logs) {
            JsonNode definitions = Json.unpacked(in(log, "gen_ai.tool.definitions"));
            if (definitions.isArray() && !definitions.isEmpty()) {
                return definitions;
            }
        }
        JsonNode functions = Flat.tree(attributes, "llm.request.functions");
        if (functions.isArray()) {
            return functions;
        }
        ArrayNode schemas = JsonNodeFactory.instance.arrayNode();
        Flat.tree(attributes, "llm.tools")
                .forEach(tool -> schemas.add(Json.unpacked(tool.path("tool").path("json_schema"))));
        if (!schemas.isEmpty()) {
            return schemas;
        }
        for (JsonNode body : bodies) {
            JsonNode inBody = Tree.first(body, "tools", "functions");
            inBody = inBody.isArray() ? inBody : body.path("config").path("tools");
            if (inBody.isArray() && !inBody.isEmpty()) {
                return inBody;
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode unpackedEach(JsonNode definitions) {
        ArrayNode unpacked = JsonNodeFactory.instance.arrayNode();
        definitions.forEach(definition -> unpacked.add(Json.unpacked(definition)));
        return unpacked;
    }

    private void readParameters() {
        draft.temperature(take("gen_ai.request.temperature", "llm.temperature", "ai.settings.temperature"));
        draft.topP(take("gen_ai.request.top_p", "llm.top_p", "ai.settings.topP"));
        draft.maxTokens(take(
                "gen_ai.request.max_tokens",
                "llm.request.max_tokens",
                "ai.settings.maxOutputTokens",
                "ai.settings.maxTokens"));
        draft.n(take("gen_ai.request.choice.count"));
        draft.topLogprobs(take("gen_ai.request.top_logprobs", "openai.request.top_logprobs"));
        draft.logprobs(take("gen_ai.request.logprobs", "openai.request.logprobs"));
        draft.stream(take(
                "gen_ai.request.stream",
                "gen_ai.request.is_stream",
                "gen_ai.is_streaming",
                "llm.is_streaming",
                "llm.request.stream"));
        draft.stop(take("gen_ai.request.stop_sequences", "llm.chat.stop_sequences", "ai.settings.stopSequences"));
        String operation = text("ai.operationId");
        if (event.getStream() == null && operation != null) {
            event.setStream(operation.contains(".doStream") ? true : null);
        }
        for (JsonNode body : bodies) {
            EventDraft more = new EventDraft();
            OpenAiFields.parameters(body, more);
            for (String inner : List.of("config", "generationConfig", "generation_config", "inferenceConfig")) {
                if (body.path(inner).isObject()) {
                    OpenAiFields.parameters(body.path(inner), more);
                }
            }
            EventMerge.fill(event, more.unchecked());
        }
    }

    private void readUsage() {
        draft.inputTokens(take(
                "gen_ai.usage.input_tokens",
                "gen_ai.usage.prompt_tokens",
                "llm.usage.prompt_tokens",
                "llm.usage.input_tokens",
                "llm.token_count.prompt",
                "ai.usage.inputTokens",
                "ai.usage.promptTokens",
                "ai.usage.tokens"));
        draft.outputTokens(take(
                "gen_ai.usage.output_tokens",
                "gen_ai.usage.completion_tokens",
                "llm.usage.completion_tokens",
                "llm.usage.output_tokens",
                "llm.token_count.completion",
                "ai.usage.outputTokens",
                "ai.usage.completionTokens"));
        draft.cachedInputTokens(take(
                "gen_ai.usage.cache_read.input_tokens",
                "gen_ai.usage.cache_read_input_tokens",
                "gen_ai.usage.input_tokens.cached",
                "gen_ai.usage.details.cache_read_tokens",
                "gen_ai.usage.details.cache_read_input_tokens",
                "gen_ai.usage.details.cached_tokens",
                "gen_ai.usage.cached_tokens",
                "llm.usage.cache_read_input_tokens",
                "llm.token_count.prompt_details.cache_read",
                "ai.usage.cachedInputTokens",
                "ai.usage.inputTokenDetails.cacheReadTokens"));
        draft.reasoningTokens(take(
                "gen_ai.usage.reasoning.output_tokens",
                "gen_ai.usage.reasoning_tokens",
                "gen_ai.usage.output_tokens.reasoning",
                "gen_ai.usage.details.reasoning_tokens",
                "llm.usage.reasoning_tokens",
                "llm.token_count.completion_details.reasoning",
                "ai.usage.reasoningTokens",
                "ai.usage.outputTokenDetails.reasoningTokens"));
        if (SpanUsage.isIn(attributes)) {
            EventDraft more = new EventDraft();
            SpanUsage.read(attributes, more);
            EventMerge.fill(event, more.unchecked());
        }
        for (LogPiece log : logs) {
            EventDraft ofLog = new EventDraft();
            ofLog.inputTokens(in(log, "gen_ai.usage.input_tokens"));
            ofLog.outputTokens(in(log, "gen_ai.usage.output_tokens"));
            ofLog.cachedInputTokens(in(log, "gen_ai.usage.cache_read.input_tokens"));
            ofLog.reasoningTokens(in(log, "gen_ai.usage.reasoning.output_tokens"));
            EventMerge.fill(event, ofLog.unchecked());
        }
    }

    private void readOutcome() {
        event.setFinishReason(FinishReasons.first(
                peek("gen_ai.response.finish_reasons"),
                peek("gen_ai.response.finish_reason"),
                peek("ai.response.finishReason"),
                peek("llm.finish_reason"),
                peek("llm.response.finish_reason"),
                peek("llm.response.stop_reason"),
                peek("anthropic.message.stop_reason"),
                peek("gen_ai.completion.0.finish_reason"),
                peek("llm.completions.0.finish_reason"),
                Json.unpacked(peek("gen_ai.output.messages")).path(0).path("finish_reason")));
        for (SpanPiece.Event happened : span.events()) {
            if (event.getFinishReason() == null) {
                event.setFinishReason(FinishReasons.first(
                        happened.attributes().getOrDefault("finish_reason", Tree.missing()),
                        happened.attributes().getOrDefault("gen_ai.response.finish_reasons", Tree.missing())));
            }
        }
        for (LogPiece log : logs) {
            if (event.getFinishReason() == null) {
                event.setFinishReason(
                        FinishReasons.first(in(log, "finish_reason"), in(log, "gen_ai.response.finish_reasons")));
            }
        }
        draft.status(take("http.response.status_code", "http.status_code", "llm.response.status_code"));
        if (event.getStatus() == null) {
            draft.status(peek("error.type"));
        }
        if (event.getStatus() == null) {
            readStatusInText();
        }
        String code = text("error.type", "error.code", "exception.type");
        for (SpanPiece.Event happened : span.events()) {
            JsonNode type = happened.attributes().get("exception.type");
            code = code == null && type != null ? Tree.text(type) : code;
        }
        if (event.getStatus() == null && code != null) {
            draft.status(statusOf(code));
        }
        event.setErrorCode(code != null && code.length() <= 128 ? code : null);
        event.setRefusalCategory(text("anthropic.message.stop_details.category", "gen_ai.response.refusal_category"));
    }

    /** Many libraries tell the status of a failed call in the text of its error only; the text itself is not kept. */
    private void readStatusInText() {
        List<String> texts = new ArrayList<>();
        if (span.statusCode() == 2) {
            texts.add(span.statusMessage());
        }
        for (SpanPiece.Event happened : span.events()) {
            JsonNode message = happened.attributes().get("exception.message");
            if (message != null) {
                texts.add(message.asText());
            }
        }
        if ("ERROR".equalsIgnoreCase(text("langfuse.observation.level"))) {
            texts.add(peek("langfuse.observation.status_message").asText());
        }
        for (String text : texts) {
            String begin = text.substring(0, Math.min(text.length(), TEXT_LOOKED_AT));
            Matcher matcher = STATUS_IN_TEXT.matcher(begin);
            if (matcher.find()) {
                draft.status(TextNode.valueOf(matcher.group(1) == null ? matcher.group(2) : matcher.group(1)));
                return;
            }
            if (RATE_LIMIT.matcher(begin).find()) {
                event.setStatus(429);
                return;
            }
        }
    }

    /** Clients name their errors after the status. */
    private static JsonNode statusOf(String error) {
        String status = switch (error.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT)) {
            case "ratelimiterror", "ratelimitexceeded", "ratelimitexception", "throttlingexception" -> "429";
            case "authenticationerror" -> "401";
            case "permissiondeniederror", "permissionerror" -> "403";
            case "notfounderror" -> "404";
            case "badrequesterror", "invalidrequesterror" -> "400";
            case "internalservererror", "apierror" -> "500";
            case "overloadederror" -> "529";
            default -> "";
        };
        return TextNode.valueOf(status);
    }

    private void readLinks() {
        addLinks(span, draft);
        attributes.forEach((name, value) -> {
            if (name.startsWith(LINK_PREFIX)) {
                draft.link(name.substring(LINK_PREFIX.length()), Tree.text(value));
            }
        });
    }

    /** Where the caller comes from, as the span of a server tells it. */
    static void addLinks(SpanPiece span, EventDraft draft) {
        draft.network(textOf(span, "client.address", "http.client_ip", "net.sock.peer.addr", "net.peer.ip"));
        draft.link("client", textOf(span, "user_agent.original", "http.user_agent"));
        draft.link("tls", textOf(span, "tls.client.ja4", "tls.client.ja3"));
        draft.link("country", textOf(span, "geo.country.iso_code"));
    }

    private static @Nullable String textOf(SpanPiece span, String... names) {
        for (String name : names) {
            JsonNode value = span.attributes().get(name);
            String text = value == null ? null : Tree.text(value);
            if (text != null && !text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    private @Nullable String text(String... names) {
        return textOf(span, names);
    }

    private JsonNode peek(String name) {
        return attributes.getOrDefault(name, MissingNode.getInstance());
    }

    /** The first of the attributes that is set. */
    private JsonNode take(String... names) {
        for (String name : names) {
            JsonNode value = attributes.get(name);
            if (value != null && !(value.isTextual() && value.textValue().isBlank())) {
                return value;
            }
        }
        return MissingNode.getInstance();
    }
}
