package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;
import java.util.Arrays;

/**
 * Jobs that run through in one go, as a schedule or a person starts them.
 *
 * @param perDay jobs a day on average, above 0
 * @param meanGapMs mean time between two sessions of a job, milliseconds
 */
record BatchTiming(double perDay, double meanGapMs) implements Timing {
    private static final double DAY_MS = 86_400_000.0;

    @Override
    public long[] begins(Chance chance, long fromMs, long spanMs, long[] lengthsMs) {
        int count = lengthsMs.length;
        int jobs = Math.max(1, Math.min(count, (int) Math.round(perDay * spanMs / DAY_MS)));
        // A scheduled job starts at the same hour every day, the others whenever somebody needs them.
        boolean scheduled = perDay >= 1 && chance.is(0.6);
        double hour = chance.unit() * DAY_MS;
        long[] starts = new long[jobs];
        for (int j = 0; j < jobs; j++) {
            double at = scheduled
                    ? (spanMs * (double) j / jobs + hour + chance.gaussian() * 60_000) % spanMs
                    : chance.unit() * spanMs * 0.97;
            starts[j] = fromMs + (long) Math.max(0, at);
        }
        Arrays.sort(starts);
        double gap = meanGapMs * chance.logNormal(0, 0.4);
        long[] begins = new long[count];
        int next = 0;
        for (int j = 0; j < jobs; j++) {
            int upTo = (int) ((long) count * (j + 1) / jobs);
            double at = starts[j];
            while (next < upTo) {
                begins[next++] = Math.min(fromMs + spanMs - 1, (long) at);
                at += chance.exponential(gap);
            }
        }
        return begins;
    }
}
