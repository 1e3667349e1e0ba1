package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;
import java.util.Arrays;

/**
 * A program that a timer starts: in the hours of another timing, but in the first seconds of the hour.
 *
 * @param base tells the hours
 */
record OnTheHourTiming(Timing base) implements Timing {
    private static final long HOUR_MS = 3_600_000L;
    private static final int SECONDS_MS = 25_000;

    @Override
    public long[] begins(Chance chance, long fromMs, long spanMs, long[] lengthsMs) {
        long[] begins = base.begins(chance, fromMs, spanMs, lengthsMs);
        for (int i = 0; i < begins.length; i++) {
            long hour = Math.floorDiv(begins[i], HOUR_MS) * HOUR_MS + chance.below(SECONDS_MS);
            begins[i] = Math.max(fromMs, Math.min(fromMs + spanMs - 1, hour));
        }
        Arrays.sort(begins);
        return begins;
    }
}
