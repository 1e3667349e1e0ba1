package io.stillwatch.profile.sketch;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;

/**
 * Counts of non-negative numbers in buckets that grow by a factor of √2, so a quantile read from it is within 19 % of
 * the true one. Bucket 0 holds zero.
 */
public final class LogHistogram {
    static final int BUCKETS = 64;

    /** The least whole number of an octave's upper half: 2^(exponent + 1/2), rounded up. */
    private static final long[] UPPER_HALF = upperHalves();

    private final Tally counts = new Tally(BUCKETS);

    private static long[] upperHalves() {
        long[] starts = new long[BUCKETS / 2];
        for (int exponent = 0; exponent < starts.length; exponent++) {
            starts[exponent] = (long) Math.ceil(Math.scalb(Math.sqrt(2), exponent));
        }
        return starts;
    }

    /** Counts a value in; 0 or more. */
    public void add(long value) {
        counts.add(bucketOf(value));
    }

    /** The bucket of a value: its level on a logarithmic scale, two levels an octave. */
    public static int bucketOf(long value) {
        if (value <= 0) {
            return 0;
        }
        int exponent = 63 - Long.numberOfLeadingZeros(value);
        if (exponent >= UPPER_HALF.length) {
            return BUCKETS - 1;
        }
        return Math.min(BUCKETS - 1, 1 + exponent * 2 + (value >= UPPER_HALF[exponent] ? 1 : 0));
    }

    /** The bucket's geometric middle. */
    private static double middle(int bucket) {
        return bucket == 0 ? 0 : bucket == 1 ? 1 : numberAt(bucket);
    }

    /** The sum of the numbers' buckets. */
    public long levels() {
        long levels = 0;
        for (int bucket = 1; bucket < BUCKETS; bucket++) {
            levels += (long) bucket * counts.get(bucket);
        }
        return levels;
    }

    /** The number that a mean of buckets stands for. */
    public static double numberAt(double level) {
        return Math.pow(2, (level - 1) / 2.0 + 0.25);
    }

    /** The mean of buckets that stands for a number above 0. */
    public static double levelOf(double number) {
        return 1 + 2 * (Math.log(number) / Math.log(2) - 0.25);
    }

    /**
     * The value below which a share of the numbers lies.
     *
     * @param share 0 to 1
     * @return NaN when empty
     */
    public double quantile(double share) {
        long total = total();
        if (total == 0) {
            return Double.NaN;
        }
        long rank = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            seen += counts.get(bucket);
            if (seen >= rank) {
                return middle(bucket);
            }
        }
        return middle(BUCKETS - 1);
    }

    /**
     * The lowest bucket above which at most a share of the numbers lies.
     *
     * @param share 0 to 1
     * @return the highest bucket when empty
     */
    public int bucketBelow(double share) {
        long total = total();
        long above = 0;
        int bucket = BUCKETS - 1;
        while (bucket > 0 && total > 0 && above + counts.get(bucket) <= share * total) {
            above += counts.get(bucket);
            bucket--;
        }
        return bucket;
    }

    /** How many of the numbers lie above a bucket. */
    public long above(int bucket) {
        long above = 0;
        for (int higher = bucket + 1; higher < BUCKETS; higher++) {
            above += counts.get(higher);
        }
        return above;
    }

    /** How many numbers there are. */
    public long total() {
        return above(-1);
    }

    /** Takes in what another has counted. */
    public void merge(LogHistogram other) {
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
