package io.stillwatch.profile;

import io.stillwatch.fingerprint.Marker;
import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.sketch.HeapSize;
import io.stillwatch.profile.sketch.Tally;

/** The exact numbers of a profile: one for each {@link Sum}, each {@link Count} and each {@link Marker}. */
final class Counts {
    private static final int TALLIED = Count.SIZE + Long.SIZE;

    private final long[] sums = new long[Sum.SIZE];
    private final Tally tally = new Tally(TALLIED);

    long get(Sum sum) {
        return sums[sum.position()];
    }

    int get(Count count) {
        return tally.get(count.position());
    }

    int get(Marker marker) {
        return tally.get(Count.SIZE + marker.position());
    }

    void add(Sum sum, long amount) {
        sums[sum.position()] += amount;
    }

    void add(Count count) {
        tally.add(count.position());
    }

    void addMarkers(long bits) {
        long rest = bits;
        while (rest != 0) {
            tally.add(Count.SIZE + Long.numberOfTrailingZeros(rest));
            rest &= rest - 1;
        }
    }

    void merge(Counts other) {
        for (int at = 0; at < sums.length; at++) {
            sums[at] += other.sums[at];
        }
        tally.merge(other.tally);
    }

    /** The sums, then each count as a part of the requests; markers that no request had are left out at the end. */
    void write(BitWriter out) {
        long requests = get(Sum.REQUESTS);
        for (Sum sum : Sum.ALL) {
            switch (sum) {
                // Most requests ask for one answer.
                case SAMPLES -> out.signed(get(sum) - requests);
                case TEMPERATURE_MILLIS -> out.signed(get(sum));
                default -> out.number(get(sum));
            }
        }
        int used = TALLIED;
        while (used > Count.SIZE && tally.get(used - 1) == 0) {
            used--;
        }
        out.below(used - Count.SIZE, Long.SIZE + 1);
        for (int at = 0; at < used; at++) {
            out.part(tally.get(at), requests);
        }
    }

    void read(BitReader in) {
        long requests = in.number(Integer.MAX_VALUE);
        if (requests == 0) {
            throw new CorruptStateException("numbers of requests where there is no request");
        }
        sums[Sum.REQUESTS.position()] = requests;
        for (Sum sum : Sum.ALL) {
            switch (sum) {
                case REQUESTS -> {}
                case SAMPLES -> sums[sum.position()] = requests + in.signed();
                case TEMPERATURE_MILLIS -> sums[sum.position()] = in.signed();
                default -> sums[sum.position()] = in.number();
            }
        }
        int used = Count.SIZE + (int) in.below(Long.SIZE + 1);
        int[] counts = new int[TALLIED];
        for (int at = 0; at < used; at++) {
            counts[at] = (int) in.part(requests);
        }
        tally.set(counts);
    }

    long approximateBytes() {
        return HeapSize.object(8) + HeapSize.array(Sum.SIZE, 8) + tally.approximateBytes();
    }
}
