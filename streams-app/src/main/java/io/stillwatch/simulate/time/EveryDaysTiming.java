package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;

/**
 * Another timing's days with days of silence between them.
 *
 * @param base what an active day is like
 * @param days from one active day to the next, at least 1
 */
record EveryDaysTiming(Timing base, int days) implements Timing {
    private static final long DAY_MS = 86_400_000L;

    @Override
    public long[] begins(Chance chance, long fromMs, long spanMs, long[] lengthsMs) {
        long activeDays = (spanMs + days * DAY_MS - 1) / (days * DAY_MS);
        long activeMs = Math.min(spanMs, activeDays * DAY_MS);
        long[] begins = base.begins(chance, fromMs, activeMs, lengthsMs);
        for (int i = 0; i < begins.length; i++) {
            long day = (begins[i] - fromMs) / DAY_MS;
            begins[i] = Math.min(begins[i] + day * (days - 1) * DAY_MS, fromMs + spanMs - 1);
        }
        return begins;
    }
}
