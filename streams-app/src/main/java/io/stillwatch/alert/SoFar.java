package io.stillwatch.alert;

/**
 * When something is done about an alert, and what its entity has sent until then.
 *
 * @param timeMs event time, milliseconds since 1970
 * @param requests of the entity ever seen; count
 * @param outputTokens answer tokens of the entity ever seen
 */
public record SoFar(long timeMs, long requests, long outputTokens) {}
