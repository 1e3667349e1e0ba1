package io.stillwatch.evaluate;

import java.util.Arrays;
import java.util.OptionalLong;

/** Counts what one account harvests, so that it can be told for any moment of its first alert. Not thread-safe. */
public final class HaulCounter {
    private static final double MONTH_MS = 30 * 86_400_000.0;

    private long[] timesMs = new long[64];
    private long[] tokens = new long[64];
    private int size;

    /**
     * Takes in an answered request of the harvest.
     *
     * @param timeMs event time, milliseconds since 1970 UTC
     * @param outputTokens of its answer
     */
    public void harvested(long timeMs, long outputTokens) {
        if (size == timesMs.length) {
            timesMs = Arrays.copyOf(timesMs, 2 * size);
            tokens = Arrays.copyOf(tokens, 2 * size);
        }
        timesMs[size] = timeMs;
        tokens[size++] = outputTokens;
    }

    /**
     * The haul of a month.
     *
     * @param caughtMs event time of the first alert; what came later, the attacker did not get
     * @param spanMs how long the account was watched, for what it gets in 30 days without an alert; above 0
     */
    public Haul haul(OptionalLong caughtMs, long spanMs) {
        long until = caughtMs.orElse(Long.MAX_VALUE);
        long requests = 0;
        long outputTokens = 0;
        for (int i = 0; i < size; i++) {
            if (timesMs[i] <= until) {
                requests++;
                outputTokens += tokens[i];
            }
        }
        double months = caughtMs.isPresent() ? 1 : MONTH_MS / spanMs;
        return new Haul(requests * months, outputTokens * months, caughtMs.isPresent());
    }
}
