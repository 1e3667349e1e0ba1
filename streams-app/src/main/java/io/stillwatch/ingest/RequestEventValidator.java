package io.stillwatch.ingest;

import io.stillwatch.schema.RequestEvent;

/**
 * What every request event must satisfy, wherever it came from: a file of any format or a Kafka topic. Pure: asks no
 * clock, keeps nothing.
 *
 * <p>Rejected are events that cannot be meant: no account, no time or one outside 2015 to 2100, negative counts, numbers
 * that are none. What a caller of the model API can fill at will (identifiers, stop sequences, links, attributes) never
 * gets an event rejected, or an account could hide from detection that way; it is bounded instead, see {@link
 * EventBounds}.
 */
public final class RequestEventValidator {
    /** Longest account id; characters. */
    public static final int LONGEST_ACCOUNT_ID = 512;

    private RequestEventValidator() {}

    /**
     * Checks the event and makes it whole in place: absent collections become empty, texts and collections get their
     * bounds, a missing event id is made from the content.
     *
     * @return the same event
     * @throws RecordRejected if it cannot be meant, naming the first reason
     */
    public static RequestEvent admit(RequestEvent event) throws RecordRejected {
        check(event);
        EventBounds.apply(event);
        if (event.getEventId() == null || event.getEventId().isBlank()) {
            event.setEventId(EventId.of(event));
        }
        return event;
    }

    private static void check(RequestEvent event) throws RecordRejected {
        checkAccount(event.getAccountId());
        TimeReader.checkEventTime(event.getEventTime());
        if (event.getAccountCreated() != null) {
            TimeReader.checkAccountCreated(event.getAccountCreated());
        }
        notNegative("turn", event.getTurn());
        notNegative("messages", event.getMessages());
        notNegative("max_tokens", event.getMaxTokens());
        notNegative("n", event.getN());
        notNegative("top_logprobs", event.getTopLogprobs());
        notNegative("dropped_reasoning", event.getDroppedReasoning());
        notNegative("tools", event.getTools());
        notNegative("input_tokens", event.getInputTokens());
        notNegative("cached_input_tokens", event.getCachedInputTokens());
        notNegative("output_tokens", event.getOutputTokens());
        notNegative("reasoning_tokens", event.getReasoningTokens());
        notNegative("status", event.getStatus());
        notNegative("duration_ms", event.getDurationMs());
        finiteAndNotNegative("temperature", event.getTemperature());
        finiteAndNotNegative("top_p", event.getTopP());
    }

    private static void checkAccount(String accountId) throws RecordRejected {
        if (accountId == null || accountId.isBlank()) {
            throw new RecordRejected("account_id is missing");
        }
        if (accountId.length() > LONGEST_ACCOUNT_ID) {
            throw new RecordRejected("account_id has " + accountId.length() + " characters; at most "
                    + LONGEST_ACCOUNT_ID + " are possible");
        }
    }

    private static void notNegative(String field, Integer value) throws RecordRejected {
        if (value != null && value < 0) {
            throw new RecordRejected(field + " " + value + " is negative");
        }
    }

    private static void notNegative(String field, Long value) throws RecordRejected {
        if (value != null && value < 0) {
            throw new RecordRejected(field + " " + value + " is negative");
        }
    }

    private static void finiteAndNotNegative(String field, Double value) throws RecordRejected {
        if (value == null) {
            return;
        }
        if (!Double.isFinite(value)) {
            throw new RecordRejected(field + " " + value + " is not a finite number");
        }
        if (value < 0) {
            throw new RecordRejected(field + " " + value + " is negative");
        }
    }
}
