package io.stillwatch.profile.sketch;

import io.stillwatch.profile.codec.BitReader;
import io.stillwatch.profile.codec.BitWriter;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The kernel mean sketch: the sum of the prompts' unit embedding vectors, in fixed point.
 *
 * <p>With the linear kernel k(x, y) = ⟨x, y⟩ the sum alone gives the mean pairwise similarity, the maximum mean
 * discrepancy to another sketch and the cosine of two sketches (Gretton et al. 2012), and it merges by addition.
 *
 * <p>The rounding errors of two prompts ({@link VectorSum}) are as good as independent, so products of different prompts
 * stay unbiased; a vector's product with itself would not, hence the squared norms of the rounded vectors are summed too
 * and taken off exactly. What rounding adds to the mean pairwise similarity s of n prompts is an error with a standard
 * deviation of at most 0.02 (1/n + √(s/n)).
 */
public final class KernelMean {
    /** Dimensions of an embedding. */
    public static final int DIMENSIONS = VectorSum.DIMENSIONS;

    /** Coarse cells of embedding space: the signs of the {@value #CELL_BITS} leading dimensions. */
    static final int TOPIC_CELLS = 64;

    private static final int CELL_BITS = 6;
    private static final double SCALE = VectorSum.SCALE;

    /** What the squared norm of a rounded unit vector is on average: 31.75², and 3/32 for each rounding. */
    private static final int USUAL_NORM = 1_020;

    private final Tally cells = new Tally(TOPIC_CELLS);
    private final VectorSum sum = new VectorSum();
    private long norms;

    /** Adds a prompt's embedding; tells whether there was one. */
    public boolean add(ByteBuffer embedding) {
        if (embedding.remaining() != DIMENSIONS) {
            return false;
        }
        if (embedding.hasArray()) {
            add(embedding.array(), embedding.arrayOffset() + embedding.position());
        } else {
            byte[] copy = new byte[DIMENSIONS];
            embedding.get(embedding.position(), copy);
            add(copy, 0);
        }
        return true;
    }

    private void add(byte[] components, int start) {
        int cell = 0;
        for (int dimension = 0; dimension < CELL_BITS; dimension++) {
            if (components[start + dimension] > 0) {
                cell |= 1 << dimension;
            }
        }
        cells.add(cell);
        norms += sum.add(components, start);
    }

    /** Prompts that have an embedding. */
    int count() {
        return sum.count();
    }

    /** Mean of the embeddings; empty without a prompt. */
    public Optional<PromptMean> mean() {
        int count = sum.count();
        if (count == 0) {
            return Optional.empty();
        }
        double[] mean = new double[DIMENSIONS];
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            mean[dimension] = sum.at(dimension) / (SCALE * count);
        }
        return Optional.of(new PromptMean(count, mean, norms / (SCALE * SCALE * count)));
    }

    /** Mean cosine of two different prompts: towards 1 when all say the same; NaN below two prompts. */
    public double meanPairwiseSimilarity() {
        int count = sum.count();
        if (count < 2) {
            return Double.NaN;
        }
        double norm = 0;
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            norm += (double) sum.at(dimension) * sum.at(dimension);
        }
        double similarity = (norm - norms) / (SCALE * SCALE * count * (count - 1.0));
        return Math.min(1, Math.max(-1, similarity));
    }

    /** Evenness of the spread over the topic cells: entropy over its maximum, 0 to 1; NaN when empty. */
    public double spread() {
        int count = sum.count();
        if (count == 0) {
            return Double.NaN;
        }
        double entropy = 0;
        for (int cell = 0; cell < TOPIC_CELLS; cell++) {
            if (cells.get(cell) > 0) {
                double share = (double) cells.get(cell) / count;
                entropy -= share * Math.log(share);
            }
        }
        return entropy / Math.log(TOPIC_CELLS);
    }

    /** Cells of embedding space with at least one prompt. */
    public int occupiedCells() {
        int occupied = 0;
        for (int cell = 0; cell < TOPIC_CELLS; cell++) {
            if (cells.get(cell) > 0) {
                occupied++;
            }
        }
        return occupied;
    }

    /** Takes in what another has counted. */
    public void merge(KernelMean other) {
        cells.merge(other.cells);
        sum.merge(other.sum);
        norms += other.norms;
    }

    /** The reader knows the count: the squared norms less what is usual, the sum, cells. */
    public void write(BitWriter out) {
        int count = sum.count();
        if (count == 0) {
            return;
        }
        out.signed(norms - (long) count * USUAL_NORM);
        sum.write(out);
        cells.write(out, count);
    }

    /** Reads what {@code write} wrote. */
    public void read(BitReader in, int prompts) {
        if (prompts == 0) {
            return;
        }
        norms = prompts * (long) USUAL_NORM + in.signed();
        sum.read(in, prompts);
        cells.read(in, prompts);
    }

    /** Heap that it takes, about; bytes. */
    public long approximateBytes() {
        return HeapSize.object(16) + cells.approximateBytes() + sum.approximateBytes();
    }
}
