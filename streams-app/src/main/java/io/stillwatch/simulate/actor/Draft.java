package io.stillwatch.simulate.actor;

import io.stillwatch.simulate.chance.Chance;
import io.stillwatch.simulate.text.Grammar;
import io.stillwatch.simulate.text.Rule;
import io.stillwatch.simulate.text.Speech;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request while a script writes it. Reused from request to request; {@link #clear()} forgets the last one.
 *
 * <p>Public fields on purpose: a script sets what its request has, and what it leaves alone is absent from the event.
 */
public final class Draft {
    private final Speech speech;

    public @Nullable String system;
    public String operation;
    public Model model;
    public @Nullable Double temperature;
    public @Nullable Double topP;
    public @Nullable Integer maxTokens;
    public @Nullable Integer n;
    public @Nullable Integer topLogprobs;
    public boolean logprobs;
    public boolean stream;
    public List<String> stop;
    public int tools;
    public @Nullable String toolsHash;
    public @Nullable String conversationId;
    public int turn;
    public int messages;
    public @Nullable String endUserId;
    public boolean answerInPrompt;
    public @Nullable String finishReason;
    public Map<String, String> attributes;

    /** Tokens of earlier turns that are sent along. */
    public long historyTokens;

    /** Mean and standard deviation of the logarithm of the answer's tokens. */
    public double answerMu;

    public double answerSigma;

    /** Share of answers that the provider's filter cuts off, 0 to 1. */
    public double filtered;

    public Draft(Grammar grammar) {
        speech = new Speech(grammar);
        clear();
    }

    public void clear() {
        system = null;
        operation = "chat";
        model = Model.STANDARD;
        temperature = null;
        topP = null;
        maxTokens = null;
        n = null;
        topLogprobs = null;
        logprobs = false;
        stream = false;
        stop = List.of();
        tools = 0;
        toolsHash = null;
        conversationId = null;
        turn = -1;
        messages = 0;
        endUserId = null;
        answerInPrompt = false;
        finishReason = null;
        attributes = Map.of();
        historyTokens = 0;
        answerMu = 5;
        answerSigma = 0.8;
        filtered = 0;
        speech.begin(new Chance(0), 0);
    }

    /** Begins the prompt; what a rule writes goes to its end. */
    public Speech prompt(Chance chance, int field) {
        return speech.begin(chance, field);
    }

    /** Writes the prompt by one rule. */
    public Speech prompt(Rule rule, Chance chance, int field) {
        return speech.begin(chance, field).add(rule);
    }

    /** The prompt so far. */
    public StringBuilder text() {
        return speech.out();
    }

    /** Length of the answer in tokens: its median, and the spread as standard deviation of the logarithm. */
    public void answer(double medianTokens, double sigma) {
        answerMu = StrictMath.log(medianTokens);
        answerSigma = sigma;
    }

    /**
     * Marks the request as a turn of a conversation whose earlier turns are sent along.
     *
     * @param moment the turn
     * @param tokensPerTurn mean tokens that one earlier question and its answer add
     */
    public void conversation(Moment moment, double tokensPerTurn) {
        conversationId = Hex.of(Chance.seed(moment.seed(), "conversation"), 12);
        turn = moment.turn();
        messages = 2 * moment.turn() + 1;
        history(moment, tokensPerTurn);
    }

    /** Earlier turns are sent along, but the client names no conversation. */
    public void history(Moment moment, double tokensPerTurn) {
        messages = 2 * moment.turn() + 1;
        historyTokens = 0;
        for (int i = 0; i < moment.turn(); i++) {
            historyTokens += (long) (tokensPerTurn * (0.4 + 1.2 * moment.turn(i).unit()));
        }
    }
}
