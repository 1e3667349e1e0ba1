package io.stillwatch.evaluate;

import io.stillwatch.schema.Finding;
import java.util.Optional;

/**
 * The first alert of an account.
 *
 * @param timeMs event time at which it opened, milliseconds since 1970 UTC
 * @param requests that the account had made until then
 * @param outputTokens that it had got until then
 * @param signature id of the strongest finding's signature
 * @param explanation the alert in words
 * @param finding the strongest, with its evidence; empty where it is not known
 */
public record Catch(
        long timeMs,
        long requests,
        long outputTokens,
        String signature,
        String explanation,
        Optional<Finding> finding) {
    /** One whose evidence is not known. */
    public Catch(long timeMs, long requests, long outputTokens, String signature, String explanation) {
        this(timeMs, requests, outputTokens, signature, explanation, Optional.empty());
    }
}
