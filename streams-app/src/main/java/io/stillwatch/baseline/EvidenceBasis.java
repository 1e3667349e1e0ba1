package io.stillwatch.baseline;

/**
 * Where an account stands among the others on a day, for judging its evidence.
 *
 * @param days the levels of its days
 * @param today the day of the look, which is not over; days since 1970
 * @param activeAccounts accounts that are judged in a day; 0 when that is not known yet
 */
public record EvidenceBasis(DayLevels days, long today, double activeAccounts) {}
