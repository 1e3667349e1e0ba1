package io.stillwatch.profile;

import io.stillwatch.fingerprint.Marker;

/** The exact sums of a profile: one number a {@link Count} and one a {@link Marker}. */
final class Counts {
    private static final int SIZE = Count.SIZE + Long.SIZE;

    private final long[] values = new long[SIZE];

    long get(Count count) {
        return values[count.position()];
    }

    long get(Marker marker) {
        return values[Count.SIZE + marker.position()];
    }

    void add(Count count, long amount) {
        values[count.position()] += amount;
    }

    void addMarkers(long bits) {
        long rest = bits;
        while (rest != 0) {
            values[Count.SIZE + Long.numberOfTrailingZeros(rest)]++;
            rest &= rest - 1;
        }
    }

    void merge(Counts other) {
        for (int at = 0; at < SIZE; at++) {
            values[at] += other.values[at];
        }
    }

    /** Two words of presence bits, then the sums that are not zero. */
    void write(StateWriter out) {
        for (int half = 0; half < 2; half++) {
            long present = 0;
            int from = half * (SIZE + 1) / 2;
            int to = half == 0 ? (SIZE + 1) / 2 : SIZE;
            for (int at = from; at < to; at++) {
                if (values[at] != 0) {
                    present |= 1L << (at - from);
                }
            }
            out.writeUnsigned(present);
            for (int at = from; at < to; at++) {
                if (values[at] != 0) {
                    out.writeUnsigned(values[at]);
                }
            }
        }
    }

    void read(StateReader in) {
        for (int half = 0; half < 2; half++) {
            int from = half * (SIZE + 1) / 2;
            int to = half == 0 ? (SIZE + 1) / 2 : SIZE;
            long present = in.readUnsigned();
            for (int at = from; at < to; at++) {
                values[at] = (present & 1L << (at - from)) == 0 ? 0 : in.readUnsigned();
            }
        }
    }
}
