package io.stillwatch.simulate.actor;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.simulate.chance.Chance;
import java.util.List;
import java.util.Map;

/** Turns a draft into the request event that a gateway would log: tokens, outcome and duration added. */
public final class Gateway {
    private static final double CHARS_PER_TOKEN = 4.1;
    private static final long MOST_HISTORY_TOKENS = 120_000;
    private static final int CACHE_FROM_TOKENS = 1024;
    private static final int CACHE_STEP_TOKENS = 128;

    private Gateway() {}

    /**
     * The event of a request.
     *
     * @param eventId its id
     * @param account who asks
     * @param timeMs when
     * @param draft what
     * @param soFar tokens that were sent and answered before in the same session; 0 where nothing was
     * @param chance draws of the outcome
     * @param fails the provider refuses or loses it
     */
    public static RequestEvent log(
            String eventId, Account account, long timeMs, Draft draft, long soFar, Chance chance, boolean fails) {
        RequestEvent event = new RequestEvent();
        event.setEventId(eventId);
        event.setEventTime(timeMs);
        event.setAccountId(account.id());
        event.setOrganizationId(account.organizationId());
        event.setAccountCreated(account.createdMs());
        event.setEndUserId(draft.endUserId);
        event.setOperation(draft.operation);
        event.setModel(draft.model.id());
        event.setConversationId(draft.conversationId);
        if (draft.turn >= 0) {
            event.setTurn(draft.turn);
        }
        event.setSystem(draft.system);
        event.setPrompt(draft.text().toString());
        event.setMessages(Math.max(1, draft.messages) + (draft.system == null ? 0 : 1));
        if (draft.answerInPrompt) {
            event.setAnswerInPrompt(true);
        }
        event.setTemperature(draft.temperature);
        event.setTopP(draft.topP);
        event.setMaxTokens(draft.maxTokens);
        event.setN(draft.n);
        event.setTopLogprobs(draft.topLogprobs);
        if (draft.logprobs) {
            event.setLogprobs(true);
        }
        if (draft.stream) {
            event.setStream(true);
        }
        event.setStop(draft.stop);
        event.setReasoningHashes(List.of());
        if (draft.tools > 0) {
            event.setTools(draft.tools);
            event.setToolsHash(draft.toolsHash);
        }
        event.setLinks(account.links());
        event.setAttributes(draft.attributes.isEmpty() ? Map.of() : draft.attributes);
        usage(event, draft, soFar, chance, fails);
        return event;
    }

    private static void usage(RequestEvent event, Draft draft, long soFar, Chance chance, boolean fails) {
        long system = draft.system == null ? 0 : tokens(draft.system);
        long tools = draft.tools * 90L;
        long own = tokens(draft.text());
        // A further turn sends all that went before, which the provider counts again, until a window is full.
        boolean goesOn = draft.historyTokens > 0 && soFar > 0;
        long prefix = goesOn ? Math.min(soFar, MOST_HISTORY_TOKENS) : system + tools + draft.historyTokens;
        long input = Math.max(1, prefix + own);
        event.setInputTokens(fails ? 0 : input);
        if (fails) {
            event.setStatus(chance.is(0.7) ? 429 : 500);
            event.setOutputTokens(0L);
            event.setDurationMs((long) chance.logNormal(4.5, 0.8));
            return;
        }
        event.setStatus(200);
        if (prefix >= CACHE_FROM_TOKENS && chance.is(0.8)) {
            event.setCachedInputTokens(prefix / CACHE_STEP_TOKENS * CACHE_STEP_TOKENS);
        }
        if (draft.operation.equals("embeddings")) {
            event.setDurationMs((long) chance.logNormal(4.6, 0.5));
            event.setOutputTokens(0L);
            return;
        }
        answer(event, draft, chance);
    }

    private static void answer(RequestEvent event, Draft draft, Chance chance) {
        Model model = draft.model;
        int answers = draft.n == null ? 1 : draft.n;
        long visible = 0;
        long longest = 0;
        boolean cut = false;
        for (int i = 0; i < answers; i++) {
            long length = Math.max(1, (long) (chance.logNormal(draft.answerMu, draft.answerSigma) * model.wordiness()));
            if (draft.maxTokens != null && length >= draft.maxTokens) {
                length = draft.maxTokens;
                cut = true;
            }
            visible += length;
            longest = Math.max(longest, length);
        }
        long reasoning = model.reasons() ? (long) chance.logNormal(6.6, 0.8) : 0;
        if (draft.maxTokens != null) {
            // The limit covers hidden reasoning too, as providers bill it.
            reasoning = Math.max(0, Math.min(reasoning, draft.maxTokens - longest));
        }
        if (model.reasons()) {
            event.setReasoningTokens(reasoning);
        }
        event.setOutputTokens(visible + reasoning);
        String finish = cut ? "length" : draft.finishReason == null ? "stop" : draft.finishReason;
        if (draft.filtered > 0 && chance.is(draft.filtered)) {
            finish = "content_filter";
        }
        event.setFinishReason(finish);
        double seconds = (longest + reasoning) / (model.tokensPerSecond() * chance.between(0.7, 1.3));
        event.setDurationMs((long) (chance.logNormal(5.9, 0.5) + 1000 * seconds));
    }

    /** Tokens of a text as a byte-pair tokeniser would count them: about four letters each, Han and kana nearly one each. */
    private static long tokens(CharSequence text) {
        int wide = 0;
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) >= 0x2E80) {
                wide++;
            }
        }
        return Math.max(1, (long) (wide * 0.8 + (length - wide) / CHARS_PER_TOKEN));
    }
}
