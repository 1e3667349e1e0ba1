package io.stillwatch.evaluate;

/**
 * The first alert of an account.
 *
 * @param timeMs event time at which it opened, milliseconds since 1970 UTC
 * @param requests that the account had made until then
 * @param outputTokens that it had got until then
 * @param signature id of the strongest finding's signature
 * @param explanation the alert in words
 */
public record Catch(long timeMs, long requests, long outputTokens, String signature, String explanation) {}
