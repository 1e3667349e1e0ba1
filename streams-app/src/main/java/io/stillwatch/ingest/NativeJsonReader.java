package io.stillwatch.ingest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.stillwatch.schema.RequestEvent;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one native JSON record token by token, without a tree: the hot path of a replay. */
final class NativeJsonReader {
    private static final int EVENT_TIME = 1;

    private final JsonParser parser;
    private final RequestEvent event = new RequestEvent();
    private final Map<String, String> attributes = new LinkedHashMap<>(0);
    private long seen;

    private NativeJsonReader(JsonParser parser) {
        this.parser = parser;
    }

    static RequestEvent read(byte[] bytes, int from, int length) throws RecordRejected {
        Json.checkText(bytes, from, length);
        try (JsonParser parser = Json.STREAMS.createParser(bytes, from, length)) {
            return new NativeJsonReader(parser).event();
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
        if ((seen & 1L << EVENT_TIME) == 0) {
            throw new RecordRejected("event_time is missing");
        }
        event.setAttributes(attributes);
        return RequestEventValidator.admit(event);
    }

    private void read(String name) throws IOException, RecordRejected {
        switch (name) {
            case "event_id" -> event.setEventId(text(0, name));
            case "event_time" -> readEventTime();
            case "account_id" -> event.setAccountId(text(2, name));
            case "organization_id" -> event.setOrganizationId(text(3, name));
            case "api_key_id" -> event.setApiKeyId(text(4, name));
            case "end_user_id" -> event.setEndUserId(text(5, name));
            case "account_created" -> event.setAccountCreated(time(6, name));
            case "operation" -> event.setOperation(text(7, name));
            case "model" -> event.setModel(text(8, name));
            case "conversation_id" -> event.setConversationId(text(9, name));
            case "turn" -> event.setTurn(wholeInt(10, name));
            case "system" -> event.setSystem(text(11, name));
            case "prompt" -> event.setPrompt(text(12, name));
            case "messages" -> event.setMessages(wholeInt(13, name));
            case "answer_in_prompt" -> event.setAnswerInPrompt(flag(14, name));
            case "temperature" -> event.setTemperature(number(15, name));
            case "top_p" -> event.setTopP(number(16, name));
            case "max_tokens" -> event.setMaxTokens(wholeInt(17, name));
            case "n" -> event.setN(wholeInt(18, name));
            case "top_logprobs" -> event.setTopLogprobs(wholeInt(19, name));
            case "logprobs" -> event.setLogprobs(flag(20, name));
            case "stream" -> event.setStream(flag(21, name));
            case "stop" -> event.setStop(texts(22, name));
            case "tools" -> event.setTools(wholeInt(23, name));
            case "tools_hash" -> event.setToolsHash(text(24, name));
            case "input_tokens" -> event.setInputTokens(whole(25, name));
            case "cached_input_tokens" -> event.setCachedInputTokens(whole(26, name));
            case "output_tokens" -> event.setOutputTokens(whole(27, name));
            case "reasoning_tokens" -> event.setReasoningTokens(whole(28, name));
            case "finish_reason" -> event.setFinishReason(text(29, name));
            case "status" -> event.setStatus(wholeInt(30, name));
            case "duration_ms" -> event.setDurationMs(whole(31, name));
            case "links" -> event.setLinks(links(32, name));
            case "attributes" -> readAttributes(33, name);
            case "prefix_hash" -> event.setPrefixHash(text(34, name));
            case "reasoning_hashes" -> event.setReasoningHashes(texts(35, name));
            case "dropped_reasoning" -> event.setDroppedReasoning(wholeInt(36, name));
            case "refusal_category" -> event.setRefusalCategory(text(37, name));
            case "error_code" -> event.setErrorCode(text(38, name));
            default -> readEntry(attributes, name);
        }
    }

    private void readEventTime() throws IOException, RecordRejected {
        Long eventTime = time(EVENT_TIME, "event_time");
        if (eventTime == null) {
            throw new RecordRejected("event_time is missing");
        }
        event.setEventTime(eventTime);
    }

    private String text(int field, String name) throws IOException, RecordRejected {
        once(field, name);
        return Scalars.text(parser, name);
    }

    private Long whole(int field, String name) throws IOException, RecordRejected {
        once(field, name);
        return Scalars.whole(parser, name);
    }

    private Integer wholeInt(int field, String name) throws IOException, RecordRejected {
        once(field, name);
        return Scalars.wholeInt(parser, name);
    }

    private Double number(int field, String name) throws IOException, RecordRejected {
        once(field, name);
        return Scalars.number(parser, name);
    }

    private Boolean flag(int field, String name) throws IOException, RecordRejected {
        once(field, name);
        return Scalars.flag(parser, name);
    }

    private Long time(int field, String name) throws IOException, RecordRejected {
        once(field, name);
        // A plain number needs no detour by decimals; the validator knows the bounds and finds the unit it looks like.
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? Scalars.whole(parser, name)
                : Scalars.time(parser, name, EventTime.Unit.MILLISECONDS);
    }

    private List<String> texts(int field, String name) throws IOException, RecordRejected {
        once(field, name);
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

    private Map<String, String> links(int field, String name) throws IOException, RecordRejected {
        once(field, name);
        Map<String, String> links = new LinkedHashMap<>();
        readEntries(links, name);
        return links;
    }

    private void readAttributes(int field, String name) throws IOException, RecordRejected {
        once(field, name);
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
        if (value != null && entries.putIfAbsent(Utf8.encodable(name), value) != null) {
            throw twice(name);
        }
    }

    private String compact() throws IOException {
        StringWriter json = new StringWriter();
        try (JsonGenerator generator = Json.STREAMS.createGenerator(json)) {
            generator.copyCurrentStructureExact(parser);
        }
        return Utf8.encodable(json.toString());
    }

    private void once(int field, String name) throws RecordRejected {
        if ((seen & 1L << field) != 0) {
            throw twice(name);
        }
        seen |= 1L << field;
    }

    private static RecordRejected twice(String name) {
        return new RecordRejected(Printable.of(name, 80) + " is given twice");
    }
}
