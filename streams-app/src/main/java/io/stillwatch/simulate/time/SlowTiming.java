package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;

/** One session in each of equally long slices, anywhere within it: never a burst, never a pause. */
record SlowTiming() implements Timing {
    @Override
    public long[] begins(Chance chance, long fromMs, long spanMs, long[] lengthsMs) {
        int count = lengthsMs.length;
        long[] begins = new long[count];
        double slice = (double) spanMs / Math.max(1, count);
        for (int i = 0; i < count; i++) {
            begins[i] = fromMs + Math.min(spanMs - 1, (long) ((i + chance.unit()) * slice));
        }
        return begins;
    }
}
