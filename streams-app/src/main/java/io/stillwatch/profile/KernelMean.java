package io.stillwatch.profile;

import java.nio.ByteBuffer;

/**
 * The kernel mean sketch: the sum of the prompts' unit embedding vectors, in fixed point, and how many there are.
 *
 * <p>With the linear kernel k(x, y) = ⟨x, y⟩ the sum alone gives the mean pairwise similarity, the maximum mean
 * discrepancy to another sketch and the cosine of two sketches (Gretton et al. 2012), and it merges by addition.
 * Components are integers of scale 1/127, so a sum is exact up to 16 million prompts.
 */
final class KernelMean {
    static final int DIMENSIONS = 128;
    static final int SCALE = 127;

    private final int[] sum = new int[DIMENSIONS];
    private final long[] cells = new long[TOPIC_CELLS];
    private long count;

    /** Coarse cells of embedding space: the signs of the {@value #CELL_BITS} leading dimensions. */
    static final int TOPIC_CELLS = 64;

    private static final int CELL_BITS = 6;

    void add(ByteBuffer embedding) {
        if (embedding.remaining() != DIMENSIONS) {
            return;
        }
        int start = embedding.position();
        int cell = 0;
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            int component = embedding.get(start + dimension);
            sum[dimension] += component;
            if (dimension < CELL_BITS && component > 0) {
                cell |= 1 << dimension;
            }
        }
        cells[cell]++;
        count++;
    }

    long count() {
        return count;
    }

    /** Mean cosine of two different prompts: towards 1 when all say the same; NaN below two prompts. */
    double meanPairwiseSimilarity() {
        if (count < 2) {
            return Double.NaN;
        }
        double norm = 0;
        for (int component : sum) {
            double value = component / (double) SCALE;
            norm += value * value;
        }
        double similarity = (norm - count) / ((double) count * (count - 1));
        return Math.min(1, Math.max(-1, similarity));
    }

    /** Evenness of the spread over the topic cells: entropy over its maximum, 0 to 1; NaN when empty. */
    double spread() {
        if (count == 0) {
            return Double.NaN;
        }
        double entropy = 0;
        for (long cell : cells) {
            if (cell > 0) {
                double share = (double) cell / count;
                entropy -= share * Math.log(share);
            }
        }
        return entropy / Math.log(TOPIC_CELLS);
    }

    int occupiedCells() {
        int occupied = 0;
        for (long cell : cells) {
            if (cell > 0) {
                occupied++;
            }
        }
        return occupied;
    }

    void merge(KernelMean other) {
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            sum[dimension] += other.sum[dimension];
        }
        for (int cell = 0; cell < TOPIC_CELLS; cell++) {
            cells[cell] += other.cells[cell];
        }
        count += other.count;
    }

    void write(StateWriter out) {
        out.writeUnsigned(count);
        if (count > 0) {
            for (int component : sum) {
                out.writeSigned(component);
            }
            SparseCounts.write(out, cells);
        }
    }

    void read(StateReader in) {
        count = in.readUnsigned();
        if (count > 0) {
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                sum[dimension] = (int) in.readSigned();
            }
            SparseCounts.read(in, cells);
        }
    }
}
