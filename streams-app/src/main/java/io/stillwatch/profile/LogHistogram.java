package io.stillwatch.profile;

/**
 * Counts of non-negative numbers in buckets that grow by a factor of √2, so a quantile read from it is within 19 % of
 * the true one. Bucket 0 holds zero.
 */
final class LogHistogram {
    static final int BUCKETS = 64;

    private final long[] counts = new long[BUCKETS];
    private long total;

    void add(long value) {
        counts[bucketOf(value)]++;
        total++;
    }

    private static int bucketOf(long value) {
        if (value <= 0) {
            return 0;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(value);
        int half = exponent > 0 && (value * (double) value) >= Math.scalb(1.0, 2 * exponent + 1) ? 1 : 0;
        return Math.min(BUCKETS - 1, 1 + exponent * 2 + half);
    }

    /** The bucket's geometric middle. */
    private static double middle(int bucket) {
        return bucket == 0 ? 0 : bucket == 1 ? 1 : Math.pow(2, (bucket - 1) / 2.0 + 0.25);
    }

    long total() {
        return total;
    }

    /**
     * The value below which a share of the numbers lies.
     *
     * @param share 0 to 1
     * @return NaN when empty
     */
    double quantile(double share) {
        if (total == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts[bucket];
            if (seen >= rank) {
                return middle(bucket);
            }
        }
        return middle(BUCKETS - 1);
    }

    void merge(LogHistogram other) {
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
