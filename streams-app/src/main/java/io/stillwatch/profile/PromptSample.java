package io.stillwatch.profile;

import java.util.Arrays;

/**
 * How often prompts are repeated: the {@value #SIZE} different prompts with the smallest hashes, each with the exact
 * number of times it was sent.
 *
 * <p>A coordinated bottom-k sample (Cohen and Kaplan 2007): which prompts are in it depends on their hashes alone, so
 * it is a uniform sample of the different prompts, the counts are exact, and merging in any order gives the same.
 */
final class PromptSample {
    static final int SIZE = 32;

    private final long[] hashes = new long[SIZE];
    private final long[] counts = new long[SIZE];
    private int size;

    void add(long hash) {
        add(hash, 1);
    }

    private void add(long hash, long times) {
        if (size == SIZE && Long.compareUnsigned(hash, hashes[SIZE - 1]) > 0) {
            return;
        }
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(hashes[middle], hash) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low < size && hashes[low] == hash) {
            counts[low] += times;
            return;
        }
        int moved = Math.min(size, SIZE - 1) - low;
        System.arraycopy(hashes, low, hashes, low + 1, moved);
        System.arraycopy(counts, low, counts, low + 1, moved);
        hashes[low] = hash;
        counts[low] = times;
        size = Math.min(SIZE, size + 1);
    }

    void merge(PromptSample other) {
        for (int at = 0; at < other.size; at++) {
            add(other.hashes[at], other.counts[at]);
        }
    }

    int size() {
        return size;
    }

    /** Mean number of times a prompt was sent; NaN when empty. */
    double meanRepeats() {
        return size == 0 ? Double.NaN : (double) Arrays.stream(counts, 0, size).sum() / size;
    }

    /** Share of the different prompts that were sent more than once; NaN when empty. */
    double repeatedShare() {
        if (size == 0) {
            return Double.NaN;
        }
        long repeated =
                Arrays.stream(counts, 0, size).filter(count -> count > 1).count();
        return (double) repeated / size;
    }

    /**
     * How alike the numbers of repeats are: 1 when every prompt was sent equally often, towards 0 when few make up
     * most; 1 / (1 + squared coefficient of variation). NaN when empty.
     */
    double evenness() {
        if (size == 0) {
            return Double.NaN;
        }
        double mean = meanRepeats();
        double squares = 0;
        for (int at = 0; at < size; at++) {
            squares += (double) counts[at] * counts[at];
        }
        return mean * mean / (squares / size);
    }

    void write(StateWriter out) {
        out.writeUnsigned(size);
        for (int at = 0; at < size; at++) {
            out.writeLong(hashes[at]);
            out.writeUnsigned(counts[at]);
        }
    }

    void read(StateReader in) {
        size = in.readCount(SIZE);
        for (int at = 0; at < size; at++) {
            hashes[at] = in.readLong();
            counts[at] = in.readUnsigned();
        }
    }
}
