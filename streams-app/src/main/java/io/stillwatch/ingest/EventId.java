package io.stillwatch.ingest;

import com.dynatrace.hash4j.hashing.HashFunnel;
import com.dynatrace.hash4j.hashing.HashStream128;
import io.stillwatch.schema.RequestEvent;
import java.util.Map;
import java.util.TreeMap;

/**
 * The id of an event whose source has none: a hash of all it says except its attributes, so that the same log read
 * twice gives the same ids. Two requests of an account that agree in every field and in the millisecond get the same
 * id; only a source with ids of its own can tell them apart.
 */
final class EventId {
    private static final HashFunnel<String> TEXT = (text, sink) -> sink.putString(text);
    private static final HashFunnel<Long> WHOLE = (whole, sink) -> sink.putLong(whole);
    private static final HashFunnel<Integer> WHOLE_INT = (whole, sink) -> sink.putInt(whole);
    private static final HashFunnel<Double> NUMBER = (number, sink) -> sink.putDouble(number);
    private static final HashFunnel<Boolean> FLAG = (flag, sink) -> sink.putBoolean(flag);
    private static final HashFunnel<Map.Entry<String, String>> LINK =
            (link, sink) -> sink.putString(link.getKey()).putString(link.getValue());

    private EventId() {}

    static String of(RequestEvent event) {
        HashStream128 hash = Hash.FUNCTION.hashStream();
        hash.putString(event.getAccountId()).putLong(event.getEventTime());
        hash.putNullable(event.getOrganizationId(), TEXT)
                .putNullable(event.getApiKeyId(), TEXT)
                .putNullable(event.getEndUserId(), TEXT)
                .putNullable(event.getAccountCreated(), WHOLE)
                .putNullable(event.getOperation(), TEXT)
                .putNullable(event.getModel(), TEXT)
                .putNullable(event.getConversationId(), TEXT)
                .putNullable(event.getTurn(), WHOLE_INT)
                .putNullable(event.getSystem(), TEXT)
                .putNullable(event.getPrompt(), TEXT)
                .putNullable(event.getMessages(), WHOLE_INT)
                .putNullable(event.getAnswerInPrompt(), FLAG);
        hash.putNullable(event.getTemperature(), NUMBER)
                .putNullable(event.getTopP(), NUMBER)
                .putNullable(event.getMaxTokens(), WHOLE_INT)
                .putNullable(event.getN(), WHOLE_INT)
                .putNullable(event.getTopLogprobs(), WHOLE_INT)
                .putNullable(event.getLogprobs(), FLAG)
                .putNullable(event.getStream(), FLAG)
                .putOrderedIterable(event.getStop(), TEXT)
                .putNullable(event.getTools(), WHOLE_INT)
                .putNullable(event.getToolsHash(), TEXT);
        hash.putNullable(event.getInputTokens(), WHOLE)
                .putNullable(event.getCachedInputTokens(), WHOLE)
                .putNullable(event.getOutputTokens(), WHOLE)
                .putNullable(event.getReasoningTokens(), WHOLE)
                .putNullable(event.getFinishReason(), TEXT)
                .putNullable(event.getStatus(), WHOLE_INT)
                .putNullable(event.getDurationMs(), WHOLE)
                .putOrderedIterable(new TreeMap<>(event.getLinks()).entrySet(), LINK);
        putLater(event, hash);
        return Hash.hex(hash.get());
    }

    /** Fields that came with a later release: an event that has none of them keeps the id it always had. */
    private static void putLater(RequestEvent event, HashStream128 hash) {
        putIfPresent("prefix_hash", event.getPrefixHash(), hash);
        event.getReasoningHashes().forEach(block -> putIfPresent("reasoning_hashes", block, hash));
        putIfPresent("dropped_reasoning", event.getDroppedReasoning(), hash);
        putIfPresent("refusal_category", event.getRefusalCategory(), hash);
        putIfPresent("error_code", event.getErrorCode(), hash);
    }

    private static void putIfPresent(String name, Object value, HashStream128 hash) {
        if (value != null) {
            hash.putString(name).putString(value.toString());
        }
    }
}
