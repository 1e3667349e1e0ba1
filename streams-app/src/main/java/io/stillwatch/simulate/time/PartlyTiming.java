package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;
import java.util.Arrays;

/**
 * A share of the sessions at other times than the rest.
 *
 * @param other times of the share
 * @param share 0 to 1
 * @param base times of the rest
 */
record PartlyTiming(Timing other, double share, Timing base) implements Timing {
    @Override
    public long[] begins(Chance chance, long fromMs, long spanMs, long[] lengthsMs) {
        long[] begins = base.begins(chance, fromMs, spanMs, lengthsMs);
        long[] others = other.begins(chance, fromMs, spanMs, lengthsMs);
        for (int i = 0; i < begins.length; i++) {
            if (chance.is(share)) {
                begins[i] = others[i];
            }
        }
        Arrays.sort(begins);
        return begins;
    }
}
