package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.text.Printable;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells spans that are one call of a model from all others. Each library that writes them says in its own attribute what a
 * span is; the most specific one counts, since several libraries may write to one span. A span of none of them is a call
 * if it names a model and tells of its use.
 */
final class ModelCalls {
    /** Operations that call a model once, as the GenAI conventions and the libraries before them call them. */
    private static final Map<String, String> OPERATIONS = Map.ofEntries(
            Map.entry("chat", "chat"),
            Map.entry("chat.completions", "chat"),
            Map.entry("chat_completions", "chat"),
            Map.entry("chat_completion", "chat"),
            Map.entry("messages", "chat"),
            Map.entry("message", "chat"),
            Map.entry("responses", "chat"),
            Map.entry("response", "chat"),
            Map.entry("generate_content", "generate_content"),
            Map.entry("text_completion", "text_completion"),
            Map.entry("completion", "text_completion"),
            Map.entry("completions", "text_completion"),
            Map.entry("embedding", "embeddings"),
            Map.entry("embeddings", "embeddings"));

    /** Values of the libraries' own kinds that are one call of a model. */
    private static final Set<String> CALL_KINDS =
            Set.of("llm", "embedding", "embeddings", "generation", "chat_model", "chat", "completion", "model");

    /** Attributes in which libraries say what a span is, the most specific first. */
    private static final String[] KINDS = {
        "openinference.span.kind",
        "langfuse.observation.type",
        "langsmith.span.kind",
        "mlflow.spanType",
        "traceloop.span.kind",
        "genkit:metadata:subtype"
    };

    /** Agents, workflows, tools and the like, in whose spans calls of models have spans of their own. */
    private static final Set<String> NO_MODEL_CALLS = Set.of(
            "agent_step",
            "agent",
            "create_agent",
            "execute_task",
            "execute_tool",
            "invoke_agent",
            "invoke_workflow",
            "invoke_swarm",
            "plan",
            "step",
            "task",
            "tool",
            "tool_call",
            "workflow",
            "chain",
            "retrieval",
            "retrieve",
            "rerank",
            "search",
            "query",
            "upsert",
            "handoff",
            "guardrail",
            "evaluation",
            "evaluate",
            "create_memory",
            "create_memory_store",
            "delete_memory",
            "delete_memory_store",
            "search_memory",
            "update_memory",
            "upsert_memory",
            "create_thread",
            "create_message",
            "start_thread_run",
            "submit_tool_outputs",
            "list_models");

    private static final String[] USE = {
        "gen_ai.usage.input_tokens",
        "gen_ai.usage.output_tokens",
        "gen_ai.usage.prompt_tokens",
        "gen_ai.usage.completion_tokens",
        "llm.usage.prompt_tokens",
        "llm.usage.total_tokens",
        "llm.token_count.prompt",
        "llm.token_count.completion",
        "gen_ai.input.messages",
        "gen_ai.prompt",
        "gen_ai.prompt.0.content",
        "llm.prompts.0.content",
        "llm.input_messages.0.message.role",
        "gcp.vertex.agent.llm_request",
        "request_data"
    };

    private static final String[] MODELS = {
        "gen_ai.request.model", "gen_ai.response.model", "llm.model_name", "llm.request.model", "embedding.model_name"
    };

    private ModelCalls() {}

    /** Why the span is no call of a model; empty if it is one. */
    static Optional<String> whyNot(SpanPiece span) {
        Map<String, JsonNode> attributes = span.attributes();
        String pending = text(attributes, "logfire.span_type");
        if (pending.equals("pending_span") || pending.equals("log")) {
            return Optional.of("a span of Logfire's type " + pending + " tells of a span that comes by itself");
        }
        String vercel = text(attributes, "ai.operationId");
        if (!vercel.isEmpty()) {
            return vercel.matches(".*\\.do(Generate|Stream|Embed)\\w*")
                    ? Optional.empty()
                    : Optional.of("a span of the operation " + Printable.text(vercel, 60)
                            + " contains its model calls' spans");
        }
        for (String name : KINDS) {
            String kind = word(attributes, name);
            if (!kind.isEmpty()) {
                return CALL_KINDS.contains(kind) ? Optional.empty() : Optional.of(noCall(kind));
            }
        }
        String braintrust = Json.unpacked(attributes.getOrDefault("braintrust.span_attributes", Tree.missing()))
                .path("type")
                .asText();
        if (!braintrust.isEmpty()) {
            return braintrust.equals("llm") ? Optional.empty() : Optional.of(noCall(braintrust));
        }
        return byOperation(attributes);
    }

    private static Optional<String> byOperation(Map<String, JsonNode> attributes) {
        String operation = word(attributes, "gen_ai.operation.name");
        if (operation.isEmpty()) {
            operation = word(attributes, "llm.request.type");
        }
        if (OPERATIONS.containsKey(operation)) {
            return Optional.empty();
        }
        boolean model = hasAny(attributes, MODELS);
        boolean use = hasAny(attributes, USE);
        if (NO_MODEL_CALLS.contains(operation)) {
            return Optional.of(noCall(operation));
        }
        if (!operation.isEmpty()) {
            return model && use ? Optional.empty() : Optional.of(noCall(operation));
        }
        boolean agent = attributes.containsKey("gen_ai.agent.name") || attributes.containsKey("agent_name");
        boolean told = use && (model || hasContent(attributes)) || model && !agent;
        return told ? Optional.empty() : Optional.of("a span that names no model and no prompt is no model call");
    }

    private static boolean hasContent(Map<String, JsonNode> attributes) {
        return attributes.containsKey("gen_ai.prompt")
                || attributes.containsKey("gen_ai.prompt.0.content")
                || attributes.containsKey("gen_ai.input.messages");
    }

    private static String noCall(String operation) {
        return "a span of the operation " + Printable.text(operation, 60) + " is no model call itself";
    }

    private static boolean hasAny(Map<String, JsonNode> attributes, String... names) {
        for (String name : names) {
            if (attributes.containsKey(name)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a call below the span is another than one above it: what a tool does is its own. */
    static boolean isTool(SpanPiece span) {
        Map<String, JsonNode> attributes = span.attributes();
        return word(attributes, "gen_ai.operation.name").equals("execute_tool")
                || word(attributes, "openinference.span.kind").equals("tool")
                || word(attributes, "langfuse.observation.type").equals("tool")
                || word(attributes, "langsmith.span.kind").equals("tool")
                || word(attributes, "traceloop.span.kind").equals("tool")
                || word(attributes, "mlflow.spanType").equals("tool")
                || text(attributes, "ai.operationId").equals("ai.toolCall");
    }

    /** The operation of a call in the words of the conventions. */
    static String operation(SpanPiece span, String model) {
        Map<String, JsonNode> attributes = span.attributes();
        String told = word(attributes, "gen_ai.operation.name");
        told = told.isEmpty() ? word(attributes, "llm.request.type") : told;
        for (String name : KINDS) {
            if (word(attributes, name).startsWith("embedding")) {
                return "embeddings";
            }
        }
        if (!told.isEmpty()) {
            return OPERATIONS.getOrDefault(told, told);
        }
        boolean embeds = text(attributes, "ai.operationId").contains(".doEmbed")
                || span.name().toLowerCase(Locale.ROOT).contains("embedding")
                || (model != null && model.toLowerCase(Locale.ROOT).contains("embedding"))
                || attributes.containsKey("embedding.model_name");
        return embeds ? "embeddings" : attributes.containsKey("llm.prompts.0.content") ? "text_completion" : "chat";
    }

    private static String text(Map<String, JsonNode> attributes, String name) {
        JsonNode value = attributes.get(name);
        return value == null ? "" : value.asText();
    }

    /** A single word, in lower case; MLflow puts it in quotes. */
    private static String word(Map<String, JsonNode> attributes, String name) {
        return text(attributes, name).replace("\"", "").strip().toLowerCase(Locale.ROOT);
    }
}
