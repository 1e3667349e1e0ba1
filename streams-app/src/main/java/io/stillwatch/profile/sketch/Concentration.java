package io.stillwatch.profile.sketch;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;

/**
 * How much of a stream of keys falls on few of them: the probability that two random ones are equal (the index of
 * Simpson 1949), from {@value #BUCKETS} hashed counters.
 *
 * <p>Counters add, so merging is exact and order does not matter. Two keys share a counter with probability 1/{@value
 * #BUCKETS}; the estimate subtracts that (as the AMS second-moment sketch does: Alon, Matias, Szegedy 1996).
 */
public final class Concentration {
    static final int BUCKETS = 32;

    /** The bits that choose a counter: the highest ones of a key's 32. */
    private static final int SHIFT = 27;

    private final Tally counts = new Tally(BUCKETS);

    /** Counts a key in, given as its hash. */
    public void add(long key) {
        counts.add((int) (key >>> (SHIFT + 32)));
    }

    /** Adds a key of which only the 32 high bits are known, several times. */
    void addTruncated(int highBits, int times) {
        counts.add(highBits >>> SHIFT, times);
    }

    /** 0 (all keys differ) to 1 (all are equal); NaN below two keys. */
    public double estimate() {
        double pairs = 0;
        double total = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            double count = counts.get(bucket);
            total += count;
            pairs += count * (count - 1);
        }
        if (total < 2) {
            return Double.NaN;
        }
        double collisions = pairs / (total * (total - 1));
        double chance = 1.0 / BUCKETS;
        return Math.min(1, Math.max(0, (collisions - chance) / (1 - chance)));
    }

    /** Takes in what another has counted. */
    public void merge(Concentration other) {
        counts.merge(other.counts);
    }

    /** Writes it for {@code read}. */
    public void write(BitWriter out, long total) {
        counts.write(out, total);
    }

    /** Reads what {@code write} wrote. */
    public void read(BitReader in, long total) {
        counts.read(in, total);
    }

    /** Heap that it takes, about; bytes. */
    public long approximateBytes() {
        return HeapSize.object(4) + counts.approximateBytes();
    }
}
