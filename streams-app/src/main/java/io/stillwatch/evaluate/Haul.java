package io.stillwatch.evaluate;

/**
 * What an account harvests in a month: all it got until its first alert of a tier, or as much as it gets in 30 days when there is
 * none.
 *
 * @param requests answered and part of the harvest; count
 * @param outputTokens of their answers; count
 * @param caught an alert was opened
 */
public record Haul(double requests, double outputTokens, boolean caught) {}
