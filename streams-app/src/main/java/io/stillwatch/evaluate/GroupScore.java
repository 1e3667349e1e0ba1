package io.stillwatch.evaluate;

/**
 * A group that was looked at, and whose it is in truth.
 *
 * @param kind honest kind, or name of the campaign, that most of its members are
 * @param honest whether that is an honest kind
 * @param ofKind members that are; count
 * @param look what the group looked like
 */
public record GroupScore(String kind, boolean honest, int ofKind, GroupLook look) {}
