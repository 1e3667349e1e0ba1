package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A request event in the making, out of a foreign format.
 *
 * <p>A parameter of the caller's that cannot be meant (a temperature that is a text, a negative limit, which some model
 * servers ignore or read as "none") is kept as an attribute instead of a field: rejecting the event would let an account
 * hide by it.
 */
final class EventDraft {
    /** Longest part kept of a value that cannot be meant; characters. */
    private static final int LONGEST_UNUSABLE = 64;

    final RequestEvent event = new RequestEvent();
    private final Map<String, String> links = new LinkedHashMap<>();
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private Optional<ChatMessages> sent = Optional.empty();

    private interface Reading<T> {
        @Nullable
        T of(JsonNode value, String name) throws RecordRejected;
    }

    /** Takes the messages of the request over, before its tools or after. */
    void messages(ChatMessages messages) {
        messages.applyTo(event);
        sent = Optional.of(messages);
    }

    /** The event with all that was noted, neither checked nor bounded yet. */
    RequestEvent unchecked() {
        sent.ifPresent(messages -> event.setPrefixHash(messages.prefixHash(event.getToolsHash())));
        event.setLinks(links);
        event.setAttributes(attributes);
        return event;
    }

    /** The finished event, checked and bounded. */
    RequestEvent admit() throws RecordRejected {
        return RequestEventValidator.admit(unchecked());
    }

    /** Fills what is not known yet from another draft of the same request. */
    void fill(EventDraft other) {
        EventMerge.fill(event, other.unchecked());
        other.links.forEach(links::putIfAbsent);
        other.attributes.forEach(attributes::putIfAbsent);
    }

    /** Notes a link token unless it is absent or that type of link is known already. */
    void link(String type, @Nullable String token) {
        if (token != null && !token.isBlank()) {
            links.putIfAbsent(type, token);
        }
    }

    /** Notes the network of a client address as a link. */
    void network(@Nullable String address) {
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
    void attribute(String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            attributes.putIfAbsent(Utf8.encodable(name), value);
        }
    }

    /**
     * Notes those fields of an object as attributes that are known to hold neither answers nor secrets nor what tells who a
     * person is, where they are scalars or lists of scalars.
     */
    void attributes(String prefix, JsonNode object, Set<String> allowed) {
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (allowed.contains(field.getKey()) && isPlain(field.getValue())) {
                attribute(prefix + field.getKey(), field.getValue());
            }
        }
    }

    private static boolean isPlain(JsonNode value) {
        for (JsonNode element : value) {
            if (!value.isArray() || element.isContainerNode()) {
                return false;
            }
        }
        return true;
    }

    /** Notes the time from start to end, unless a clock was set back in between. */
    void duration(long startMs, @Nullable Long endMs) {
        if (endMs != null && endMs >= startMs) {
            event.setDurationMs(endMs - startMs);
        } else if (endMs != null) {
            attribute("unusable.duration_ms", Long.toString(endMs - startMs));
        }
    }

    void inputTokens(JsonNode value) {
        parameter("input_tokens", value, EventDraft::sensibleWhole, event::setInputTokens);
    }

    void cachedInputTokens(JsonNode value) {
        parameter("cached_input_tokens", value, EventDraft::sensibleWhole, event::setCachedInputTokens);
    }

    void outputTokens(JsonNode value) {
        parameter("output_tokens", value, EventDraft::sensibleWhole, event::setOutputTokens);
    }

    void reasoningTokens(JsonNode value) {
        parameter("reasoning_tokens", value, EventDraft::sensibleWhole, event::setReasoningTokens);
    }

    /** Notes an HTTP status, where it is one. */
    void status(JsonNode value) {
        String text = Tree.text(value);
        String status = text == null ? "" : text.strip();
        if (status.length() == 3 && isDigit(status.charAt(1)) && isDigit(status.charAt(2))) {
            char first = status.charAt(0);
            if (first >= '1' && first <= '5') {
                event.setStatus(Integer.valueOf(status));
            }
        }
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }

    /** Notes a duration in milliseconds, which may be broken. */
    void durationMs(JsonNode value) {
        parameter(
                "duration_ms",
                value,
                EventDraft::sensibleNumber,
                ms -> event.setDurationMs(ms == null ? null : (Long) Math.round(ms)));
    }

    void temperature(JsonNode value) {
        parameter("temperature", value, EventDraft::sensibleNumber, event::setTemperature);
    }

    void topP(JsonNode value) {
        parameter("top_p", value, EventDraft::sensibleNumber, event::setTopP);
    }

    void maxTokens(JsonNode value) {
        parameter("max_tokens", value, EventDraft::sensibleCount, event::setMaxTokens);
    }

    void n(JsonNode value) {
        parameter("n", value, EventDraft::sensibleCount, event::setN);
    }

    void topLogprobs(JsonNode value) {
        parameter("top_logprobs", value, EventDraft::sensibleCount, event::setTopLogprobs);
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
        if (!Tree.isPresent(value)) {
            return;
        }
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

    private <T> void parameter(String name, JsonNode value, Reading<T> reading, Consumer<@Nullable T> setter) {
        if (!Tree.isPresent(value)) {
            return;
        }
        try {
            setter.accept(reading.of(value, name));
        } catch (RecordRejected e) {
            String text = String.valueOf(Tree.textOrJson(value));
            attribute(
                    "unusable." + name, text.length() <= LONGEST_UNUSABLE ? text : text.substring(0, LONGEST_UNUSABLE));
        }
    }

    private static @Nullable Integer sensibleCount(JsonNode value, String name) throws RecordRejected {
        Integer count = Tree.wholeInt(value, name);
        if (count != null && count < 0) {
            throw new RecordRejected(name + " is negative");
        }
        return count;
    }

    private static @Nullable Long sensibleWhole(JsonNode value, String name) throws RecordRejected {
        Long count = Tree.whole(value, name);
        if (count != null && count < 0) {
            throw new RecordRejected(name + " is negative");
        }
        return count;
    }

    private static @Nullable Double sensibleNumber(JsonNode value, String name) throws RecordRejected {
        Double number = Tree.number(value, name);
        if (number != null && !(number >= 0 && Double.isFinite(number))) {
            throw new RecordRejected(name + " cannot be meant");
        }
        return number;
    }
}
