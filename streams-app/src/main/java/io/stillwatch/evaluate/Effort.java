package io.stillwatch.evaluate;

/**
 * What an attacker's account had to send, whether it was caught or not.
 *
 * @param requests sent; count
 * @param inputTokens sent; count
 * @param answers of the harvest that it got for them; count
 */
public record Effort(long requests, long inputTokens, long answers) {
    Effort plus(Effort other) {
        return new Effort(requests + other.requests, inputTokens + other.inputTokens, answers + other.answers);
    }
}
