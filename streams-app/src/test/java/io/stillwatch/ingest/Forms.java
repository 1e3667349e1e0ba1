package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.stillwatch.schema.RequestEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One request as different systems would have told it, with what all of them can tell. */
public final class Forms {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Forms() {}

    /** The request with what all forms can tell, and an id that a span can have. */
    public static RequestEvent common(RequestEvent event, String account, long number) {
        return RequestEvent.newBuilder()
                .setEventId(
                        String.format(Locale.ROOT, "%032x-%016x", account.hashCode() + (number << 32) + 1, number + 1))
                .setEventTime(event.getEventTime())
                .setAccountId(account)
                .setOperation("chat")
                .setModel(event.getModel() == null ? "a-model" : event.getModel())
                .setSystem(event.getSystem())
                .setPrompt(event.getPrompt())
                .setMessages(event.getSystem() == null ? 1 : 2)
                .setTurn(0)
                .setTemperature(event.getTemperature())
                .setMaxTokens(event.getMaxTokens())
                .setInputTokens(event.getInputTokens())
                .setOutputTokens(event.getOutputTokens())
                .setFinishReason("stop")
                .setStatus(200)
                .setDurationMs(900L)
                .build();
    }

    private static ArrayNode messages(RequestEvent event) {
        ArrayNode messages = NODES.arrayNode();
        if (event.getSystem() != null) {
            messages.addObject().put("role", "system").put("content", event.getSystem());
        }
        messages.addObject().put("role", "user").put("content", event.getPrompt());
        return messages;
    }

    /** A native JSON line. */
    public static String json(RequestEvent event) {
        return NativeJsonWriter.write(event);
    }

    /** LiteLLM's payload. */
    public static String liteLlm(RequestEvent event) {
        ObjectNode payload = NODES.objectNode();
        payload.put("id", event.getEventId())
                .put("call_type", "acompletion")
                .put("startTime", event.getEventTime() / 1000.0)
                .put("endTime", (event.getEventTime() + event.getDurationMs()) / 1000.0)
                .put("model", event.getModel())
                .put("status", "success")
                .put("prompt_tokens", event.getInputTokens())
                .put("completion_tokens", event.getOutputTokens());
        payload.putObject("metadata").put("user_api_key_user_id", event.getAccountId());
        payload.putObject("hidden_params");
        ObjectNode parameters = payload.putObject("model_parameters");
        parameters.put("temperature", event.getTemperature()).put("max_tokens", event.getMaxTokens());
        payload.set("messages", messages(event));
        payload.putObject("response").putArray("choices").addObject().put("finish_reason", "stop");
        return payload.toString();
    }

    /** A Kong log entry with payloads. */
    public static String kong(RequestEvent event) {
        ObjectNode entry = NODES.objectNode();
        entry.putObject("request").put("id", event.getEventId());
        entry.put("started_at", event.getEventTime());
        entry.putObject("latencies").put("request", event.getDurationMs());
        entry.putObject("response").put("status", 200);
        entry.putObject("consumer").put("id", event.getAccountId());
        ObjectNode proxy = entry.putObject("ai").putObject("proxy");
        proxy.putObject("meta").put("request_model", event.getModel());
        proxy.putObject("usage")
                .put("prompt_tokens", event.getInputTokens())
                .put("completion_tokens", event.getOutputTokens());
        ObjectNode body = NODES.objectNode();
        body.set("messages", messages(event));
        body.put("temperature", event.getTemperature()).put("max_tokens", event.getMaxTokens());
        proxy.putObject("payload").put("request", body.toString());
        return entry.toString();
    }

    /** A batch of one span in JSON, with or without what was asked. */
    public static String span(RequestEvent event, boolean content) {
        ObjectNode span = ids(event);
        span.put("name", "chat")
                .put("kind", 3)
                .put("startTimeUnixNano", event.getEventTime() + "000000")
                .put("endTimeUnixNano", event.getEventTime() + event.getDurationMs() + "000000");
        ArrayNode attributes = span.putArray("attributes");
        attributes(event, content).forEach((name, value) -> attribute(attributes, name, value));
        return batch(event, "Spans", "spans", span);
    }

    /** A batch of one log record in JSON: the system text or the prompt, as OpenTelemetry's own libraries write them. */
    public static String log(RequestEvent event, boolean system) {
        ObjectNode log = ids(event);
        log.put("timeUnixNano", event.getEventTime() + "000001")
                .put("eventName", system ? "gen_ai.system.message" : "gen_ai.user.message");
        attribute(
                log.putObject("body").putObject("kvlistValue").putArray("values"),
                "content",
                system ? event.getSystem() : event.getPrompt());
        return batch(event, "Logs", "logRecords", log);
    }

    private static ObjectNode ids(RequestEvent event) {
        String[] ids = event.getEventId().split("-", 2);
        return NODES.objectNode().put("traceId", ids[0]).put("spanId", ids[1]);
    }

    private static String batch(RequestEvent event, String kind, String list, ObjectNode item) {
        ObjectNode batch = NODES.objectNode();
        ObjectNode ofResource = batch.putArray("resource" + kind).addObject();
        attribute(ofResource.putObject("resource").putArray("attributes"), "account.id", event.getAccountId());
        ObjectNode ofScope = ofResource.putArray("scope" + kind).addObject();
        ofScope.putObject("scope").put("name", "a-library");
        ofScope.putArray(list).add(item);
        return batch.toString();
    }

    private static void attribute(ArrayNode list, String name, Object value) {
        ObjectNode typed = list.addObject().put("key", name).putObject("value");
        if (value instanceof Long || value instanceof Integer) {
            typed.put("intValue", value.toString());
        } else if (value instanceof Double number) {
            typed.put("doubleValue", number);
        } else {
            typed.put("stringValue", value.toString());
        }
    }

    private static Map<String, Object> attributes(RequestEvent event, boolean content) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("gen_ai.operation.name", "chat");
        attributes.put("gen_ai.request.model", event.getModel());
        put(attributes, "gen_ai.request.temperature", event.getTemperature());
        put(attributes, "gen_ai.request.max_tokens", event.getMaxTokens());
        put(attributes, "gen_ai.usage.input_tokens", event.getInputTokens());
        put(attributes, "gen_ai.usage.output_tokens", event.getOutputTokens());
        attributes.put("gen_ai.response.finish_reasons", "stop");
        attributes.put("http.response.status_code", 200);
        if (content) {
            attributes.put("gen_ai.input.messages", messages(event).toString());
        }
        return attributes;
    }

    private static void put(Map<String, Object> attributes, String name, Object value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }

    /** A batch of spans of one account in protobuf. */
    public static byte[] protobuf(List<RequestEvent> events) {
        return message(out -> out.writeByteArray(1, message(resource -> {
            resource.writeByteArray(
                    1,
                    message(of -> of.writeByteArray(
                            1, keyValue("account.id", events.get(0).getAccountId()))));
            resource.writeByteArray(2, message(scope -> {
                scope.writeByteArray(1, message(name -> name.writeString(1, "a-library")));
                for (RequestEvent event : events) {
                    scope.writeByteArray(2, span(event));
                }
            }));
        })));
    }

    private static byte[] span(RequestEvent event) {
        String[] ids = event.getEventId().split("-", 2);
        return message(span -> {
            span.writeBytes(1, ByteString.copyFrom(HexFormat.of().parseHex(ids[0])));
            span.writeBytes(2, ByteString.copyFrom(HexFormat.of().parseHex(ids[1])));
            span.writeString(5, "chat");
            span.writeInt32(6, 3);
            span.writeFixed64(7, event.getEventTime() * 1_000_000);
            span.writeFixed64(8, (event.getEventTime() + event.getDurationMs()) * 1_000_000);
            for (Map.Entry<String, Object> attribute : attributes(event, true).entrySet()) {
                span.writeByteArray(9, keyValue(attribute.getKey(), attribute.getValue()));
            }
        });
    }

    private static byte[] keyValue(String key, Object value) {
        return message(out -> {
            out.writeString(1, key);
            out.writeByteArray(2, message(any -> {
                if (value instanceof Number number && !(value instanceof Double)) {
                    any.writeInt64(3, number.longValue());
                } else if (value instanceof Double number) {
                    any.writeDouble(4, number);
                } else {
                    any.writeString(1, value.toString());
                }
            }));
        });
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
