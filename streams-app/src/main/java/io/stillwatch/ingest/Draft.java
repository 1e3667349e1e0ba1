package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A request event in the making, out of a foreign format.
 *
 * <p>A parameter of the caller's that cannot be meant (a temperature that is a text, a negative limit, which some model
 * servers ignore or read as "none") is kept as an attribute instead of a field: rejecting the event would let an account
 * hide by it.
 */
final class Draft {
    final RequestEvent event = new RequestEvent();
    private final Map<String, String> links = new LinkedHashMap<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();

    private interface Reading<T> {
        T of(JsonNode value, String name) throws RecordRejected;
    }

    /** The finished event, checked and bounded. */
    RequestEvent admit() throws RecordRejected {
        event.setLinks(links);
        event.setAttributes(attributes);
        return RequestEventValidator.admit(event);
    }

    /** Notes a link token unless it is absent or that type of link is known already. */
    void link(String type, String token) {
        if (token != null && !token.isBlank()) {
            links.putIfAbsent(type, token);
        }
    }

    /** Notes the network of a client address as a link. */
    void network(String address) {
        if (address != null && !address.isBlank()) {
            link("network", ClientNetwork.of(address));
        }
    }

    /** Notes an attribute unless it is absent or an empty list or object. */
    void attribute(String name, JsonNode value) {
        if (!value.isContainerNode() || !value.isEmpty()) {
            attribute(name, Tree.textOrJson(value));
        }
    }

    /** Notes an attribute unless it is absent or blank. */
    void attribute(String name, String value) {
        if (value != null && !value.isBlank()) {
            attributes.putIfAbsent(Utf8.encodable(name), value);
        }
    }

    /** Notes all fields of an object as attributes, except the given ones. */
    void attributes(String prefix, JsonNode object, Set<String> except) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!except.contains(field.getKey())) {
                attribute(prefix + field.getKey(), field.getValue());
            }
        }
    }

    /** Notes the time from start to end, unless a clock was set back in between. */
    void duration(long startMs, Long endMs) {
        if (endMs != null && endMs >= startMs) {
            event.setDurationMs(endMs - startMs);
        } else if (endMs != null) {
            attribute("unusable.duration_ms", Long.toString(endMs - startMs));
        }
    }

    /** Notes a duration in milliseconds, which may be broken. */
    void durationMs(JsonNode value) {
        parameter(
                "duration_ms",
                value,
                Draft::sensibleNumber,
                ms -> event.setDurationMs(ms == null ? null : (Long) Math.round(ms)));
    }

    void temperature(JsonNode value) {
        parameter("temperature", value, Draft::sensibleNumber, event::setTemperature);
    }

    void topP(JsonNode value) {
        parameter("top_p", value, Draft::sensibleNumber, event::setTopP);
    }

    void maxTokens(JsonNode value) {
        parameter("max_tokens", value, Draft::sensibleCount, event::setMaxTokens);
    }

    void n(JsonNode value) {
        parameter("n", value, Draft::sensibleCount, event::setN);
    }

    void topLogprobs(JsonNode value) {
        parameter("top_logprobs", value, Draft::sensibleCount, event::setTopLogprobs);
    }

    void stream(JsonNode value) {
        parameter("stream", value, Tree::flag, event::setStream);
    }

    /** Log-probabilities asked for: a flag in chat, a number of alternatives in text completions. */
    void logprobs(JsonNode value) {
        if (value.isNumber()) {
            topLogprobs(value);
            event.setLogprobs(value.asInt() > 0);
        } else {
            parameter("logprobs", value, Tree::flag, event::setLogprobs);
        }
    }

    /** Stop sequences: a text or an array of texts. */
    void stop(JsonNode value) {
        List<String> stops = new ArrayList<>();
        for (JsonNode stop : value.isArray() ? value : List.of(value)) {
            String text = Tree.text(stop);
            if (text != null) {
                stops.add(text);
            }
        }
        event.setStop(stops);
    }

    /** Tool definitions: an array. */
    void tools(JsonNode definitions) {
        if (definitions.isArray() && !definitions.isEmpty()) {
            event.setTools(definitions.size());
            event.setToolsHash(ToolsHash.of(definitions));
        }
    }

    private <T> void parameter(String name, JsonNode value, Reading<T> reading, Consumer<T> setter) {
        try {
            setter.accept(reading.of(value, name));
        } catch (RecordRejected e) {
            attribute("unusable." + name, value);
        }
    }

    private static Integer sensibleCount(JsonNode value, String name) throws RecordRejected {
        Integer count = Tree.wholeInt(value, name);
        if (count != null && count < 0) {
            throw new RecordRejected(name + " is negative");
        }
        return count;
    }

    private static Double sensibleNumber(JsonNode value, String name) throws RecordRejected {
        Double number = Tree.number(value, name);
        if (number != null && !(number >= 0 && Double.isFinite(number))) {
            throw new RecordRejected(name + " cannot be meant");
        }
        return number;
    }
}
