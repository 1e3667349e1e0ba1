package io.stillwatch.ingest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads one native JSON record token by token, without a tree: the hot path of a replay. */
final class NativeJsonReader {
    /** Longest part kept of a parameter that cannot be meant; characters. */
    private static final int LONGEST_UNUSABLE = 64;

    private final JsonParser parser;
    private final Optional<ZoneId> zone;
    private final RequestEvent event = new RequestEvent();
    private final Map<String, String> attributes = new LinkedHashMap<>(0);
    private boolean hasTime;
    private long unknownDropped;

    private NativeJsonReader(JsonParser parser, Optional<ZoneId> zone) {
        this.parser = parser;
        this.zone = zone;
    }

    static RequestEvent read(byte[] bytes, int from, int length) throws RecordRejected {
        return read(bytes, from, length, Optional.empty());
    }

    /** @param zone the zone of times that have none; empty to refuse them */
    static RequestEvent read(byte[] bytes, int from, int length, Optional<ZoneId> zone) throws RecordRejected {
        if (Utf8.indexOfMalformed(bytes, from, from + length) < from + length) {
            byte[] repaired = Utf8.repaired(bytes, from, length);
            return read(repaired, 0, repaired.length, zone);
        }
        Json.checkText(bytes, from, length);
        try (JsonParser parser = Json.STREAMS.createParser(bytes, from, length)) {
            return new NativeJsonReader(parser, zone).event();
        } catch (JsonProcessingException e) {
            throw Json.rejected(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same of a record that is a tree already. */
    static RequestEvent read(JsonNode record, Optional<ZoneId> zone) throws RecordRejected {
        try (JsonParser parser = record.traverse()) {
            return new NativeJsonReader(parser, zone).event();
        } catch (JsonProcessingException e) {
            throw Json.rejected(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RequestEvent event() throws IOException, RecordRejected {
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            throw new RecordRejected("a JSON object is expected, not " + Json.kind(first));
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            read(name);
        }
        if (parser.nextToken() != null) {
            throw Json.somethingFollows();
        }
        if (!hasTime) {
            throw new RecordRejected("event_time is missing");
        }
        if (unknownDropped > 0) {
            attributes.put(EventBounds.DROPPED_FIELDS, Long.toString(unknownDropped));
        }
        event.setAttributes(attributes);
        return RequestEventValidator.admit(event);
    }

    private void read(String name) throws IOException, RecordRejected {
        switch (name) {
            case "event_id" -> event.setEventId(text(name));
            case "event_time" -> readEventTime();
            case "account_id" -> event.setAccountId(text(name));
            case "organization_id" -> event.setOrganizationId(text(name));
            case "api_key_id" -> event.setApiKeyId(text(name));
            case "end_user_id" -> event.setEndUserId(text(name));
            case "account_created" -> event.setAccountCreated(time(name));
            case "operation" -> event.setOperation(text(name));
            case "model" -> event.setModel(text(name));
            case "conversation_id" -> event.setConversationId(text(name));
            case "turn" -> event.setTurn(wholeInt(name));
            case "system" -> event.setSystem(text(name));
            case "prompt" -> event.setPrompt(text(name));
            case "messages" -> event.setMessages(wholeInt(name));
            case "answer_in_prompt" -> event.setAnswerInPrompt(flag(name));
            case "temperature" -> parameter(name, NativeJsonReader::sensible, event::setTemperature);
            case "top_p" -> parameter(name, NativeJsonReader::sensible, event::setTopP);
            case "max_tokens" -> parameter(name, NativeJsonReader::count, event::setMaxTokens);
            case "n" -> parameter(name, NativeJsonReader::count, event::setN);
            case "top_logprobs" -> parameter(name, NativeJsonReader::count, event::setTopLogprobs);
            case "logprobs" -> parameter(name, Scalars::flag, event::setLogprobs);
            case "stream" -> parameter(name, Scalars::flag, event::setStream);
            case "stop" -> event.setStop(texts(name));
            case "tools" -> event.setTools(wholeInt(name));
            case "tools_hash" -> event.setToolsHash(text(name));
            case "input_tokens" -> event.setInputTokens(whole(name));
            case "cached_input_tokens" -> event.setCachedInputTokens(whole(name));
            case "output_tokens" -> event.setOutputTokens(whole(name));
            case "reasoning_tokens" -> event.setReasoningTokens(whole(name));
            case "finish_reason" -> event.setFinishReason(text(name));
            case "status" -> event.setStatus(wholeInt(name));
            case "duration_ms" -> event.setDurationMs(whole(name));
            case "links" -> event.setLinks(links(name));
            case "attributes" -> readAttributes(name);
            case "prefix_hash" -> event.setPrefixHash(text(name));
            case "reasoning_hashes" -> event.setReasoningHashes(texts(name));
            case "dropped_reasoning" -> event.setDroppedReasoning(wholeInt(name));
            case "refusal_category" -> event.setRefusalCategory(text(name));
            case "error_code" -> event.setErrorCode(text(name));
            default -> readUnknown(name);
        }
    }

    private interface Reading<T> {
        @Nullable
        T of(JsonParser parser, String name) throws IOException, RecordRejected;
    }

    /** Reads what the caller of the model API wrote: what cannot be meant is set aside, or an account could hide by it. */
    private <T> void parameter(String name, Reading<T> reading, Consumer<@Nullable T> setter) throws IOException {
        boolean structured = parser.currentToken().isStructStart();
        String written = structured ? compact() : parser.getText();
        try {
            if (structured) {
                throw new RecordRejected(name + " is no scalar");
            }
            setter.accept(reading.of(parser, name));
        } catch (RecordRejected e) {
            attributes.put(
                    "unusable." + name,
                    Utf8.encodable(written.substring(0, Math.min(written.length(), LONGEST_UNUSABLE))));
        }
    }

    private static @Nullable Double sensible(JsonParser parser, String name) throws IOException, RecordRejected {
        Double number = Scalars.number(parser, name);
        if (number != null && !(number >= 0 && Double.isFinite(number))) {
            throw new RecordRejected(name + " cannot be meant");
        }
        return number;
    }

    private static @Nullable Integer count(JsonParser parser, String name) throws IOException, RecordRejected {
        Integer count = Scalars.wholeInt(parser, name);
        if (count != null && count < 0) {
            throw new RecordRejected(name + " is negative");
        }
        return count;
    }

    private void readEventTime() throws IOException, RecordRejected {
        Long eventTime = time("event_time");
        if (eventTime == null) {
            throw new RecordRejected("event_time is missing");
        }
        event.setEventTime(eventTime);
        hasTime = true;
    }

    private @Nullable String text(String name) throws IOException, RecordRejected {
        return Scalars.text(parser, name);
    }

    private @Nullable Long whole(String name) throws IOException, RecordRejected {
        return Scalars.whole(parser, name);
    }

    private @Nullable Integer wholeInt(String name) throws IOException, RecordRejected {
        return Scalars.wholeInt(parser, name);
    }

    private @Nullable Boolean flag(String name) throws IOException, RecordRejected {
        return Scalars.flag(parser, name);
    }

    private @Nullable Long time(String name) throws IOException, RecordRejected {
        // A plain number needs no detour by decimals; the validator knows the bounds and finds the unit it looks like.
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? Scalars.whole(parser, name)
                : Scalars.time(parser, name, TimeReader.Unit.MILLISECONDS, zone);
    }

    private List<String> texts(String name) throws IOException, RecordRejected {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            String single = Scalars.text(parser, name);
            return single == null ? List.of() : List.of(single);
        }
        List<String> texts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String text = Scalars.text(parser, name);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private Map<String, String> links(String name) throws IOException, RecordRejected {
        Map<String, String> links = new LinkedHashMap<>();
        readEntries(links, name);
        return links;
    }

    private void readAttributes(String name) throws IOException, RecordRejected {
        readEntries(attributes, name);
    }

    private void readEntries(Map<String, String> entries, String field) throws IOException, RecordRejected {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new RecordRejected(field + " must be an object, not " + Json.kind(parser.currentToken()));
        }
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            readEntry(entries, name);
        }
    }

    private void readEntry(Map<String, String> entries, String name) throws IOException, RecordRejected {
        String value = parser.currentToken().isStructStart() ? compact() : Scalars.text(parser, name);
        if (value != null) {
            entries.put(Utf8.encodable(name), value);
        }
    }

    private void readUnknown(String name) throws IOException, RecordRejected {
        boolean structured = parser.currentToken().isStructStart();
        String value = structured ? compact() : Scalars.text(parser, name);
        if (value == null) {
            return;
        }
        boolean kept = structured
                ? Json.embedded(value)
                        .filter(tree -> UnknownFields.isKept(name, tree))
                        .isPresent()
                : UnknownFields.isKept(name, value);
        if (kept) {
            attributes.put(Utf8.encodable(name), value);
        } else {
            unknownDropped++;
        }
    }

    private String compact() throws IOException {
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = Json.STREAMS.createGenerator(json)) {
            generator.copyCurrentStructureExact(parser);
        }
        return Utf8.encodable(json.toString());
    }
}
