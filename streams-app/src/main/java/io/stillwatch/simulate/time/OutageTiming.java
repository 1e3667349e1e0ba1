package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;
import java.util.Arrays;

/**
 * Another timing, through outages: what would have begun while nothing answered begins in the second in which it is over,
 * for everybody who has the same outages.
 *
 * @param base times without outages
 * @param seed of the outages: two of some hours, at the same time for all who begin and end together
 */
record OutageTiming(Timing base, long seed) implements Timing {
    private static final int OUTAGES = 2;
    private static final double HOUR_MS = 3_600_000.0;
    private static final int SECOND_MS = 1_000;

    @Override
    public long[] begins(Chance chance, long fromMs, long spanMs, long[] lengthsMs) {
        long[] begins = base.begins(chance, fromMs, spanMs, lengthsMs);
        Chance outages = new Chance(seed);
        for (int outage = 0; outage < OUTAGES; outage++) {
            long downMs = fromMs + (long) (outages.between(0.1, 0.8) * spanMs);
            long upMs = Math.min(fromMs + spanMs - SECOND_MS, downMs + (long) (outages.between(2.0, 6.0) * HOUR_MS));
            for (int i = 0; i < begins.length; i++) {
                begins[i] = begins[i] >= downMs && begins[i] < upMs ? upMs + chance.below(SECOND_MS) : begins[i];
            }
        }
        Arrays.sort(begins);
        return begins;
    }
}
