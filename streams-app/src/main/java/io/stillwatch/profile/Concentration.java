package io.stillwatch.profile;

/**
 * How much of a stream of keys falls on few of them: the probability that two random ones are equal (the Simpson
 * index), from {@value #BUCKETS} hashed counters.
 *
 * <p>Counters add, so merging is exact and order does not matter. Two keys share a counter with probability 1/{@value
 * #BUCKETS}; the estimate subtracts that (as the AMS second-moment sketch does: Alon, Matias, Szegedy 1996).
 */
final class Concentration {
    static final int BUCKETS = 32;

    private final long[] counts = new long[BUCKETS];
    private long total;

    void add(long key) {
        counts[(int) (key >>> 59)]++;
        total++;
    }

    /** 0 (all keys differ) to 1 (all are equal); NaN below two keys. */
    double estimate() {
        if (total < 2) {
            return Double.NaN;
        }
        double pairs = 0;
        for (long count : counts) {
            pairs += (double) count * (count - 1);
        }
        double collisions = pairs / ((double) total * (total - 1));
        double chance = 1.0 / BUCKETS;
        return Math.min(1, Math.max(0, (collisions - chance) / (1 - chance)));
    }

    void merge(Concentration other) {
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
        total += other.total;
    }

    void write(StateWriter out) {
        SparseCounts.write(out, counts);
    }

    void read(StateReader in) {
        SparseCounts.read(in, counts);
        total = 0;
        for (long count : counts) {
            total += count;
        }
    }
}
