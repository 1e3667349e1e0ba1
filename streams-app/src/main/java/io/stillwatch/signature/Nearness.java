package io.stillwatch.signature;

/**
 * How near an entity is to an alert.
 *
 * @param signatureId the signature that comes nearest
 * @param margin of that signature: at least 0 when it holds, the larger the farther inside; -1 to 1
 */
public record Nearness(String signatureId, double margin) {}
