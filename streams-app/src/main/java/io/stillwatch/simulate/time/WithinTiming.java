package io.stillwatch.simulate.time;

import io.stillwatch.simulate.chance.Chance;

/**
 * Another timing's sessions, all of them in a part of the time.
 *
 * @param base how they lie in it
 * @param offsetMs begin of the part after the begin of the time, milliseconds
 * @param lengthMs length of the part, milliseconds
 */
record WithinTiming(Timing base, long offsetMs, long lengthMs) implements Timing {
    private static final long LEAST_MS = 60_000;

    @Override
    public long[] begins(Chance chance, long fromMs, long spanMs, long[] lengthsMs) {
        long offset = Math.max(0, Math.min(offsetMs, spanMs - LEAST_MS));
        long length = Math.max(LEAST_MS, Math.min(lengthMs, spanMs - offset));
        return base.begins(chance, fromMs + offset, length, lengthsMs);
    }
}
