package io.stillwatch.profile;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The kernel mean sketch: the sum of the prompts' unit embedding vectors, in fixed point.
 *
 * <p>With the linear kernel k(x, y) = ⟨x, y⟩ the sum alone gives the mean pairwise similarity, the maximum mean
 * discrepancy to another sketch and the cosine of two sketches (Gretton et al. 2012), and it merges by addition.
 *
 * <p>A fingerprint's components have the scale 1/127; they are rounded once more to 4/127, which saves two bits a
 * component in every pane. The rounding errors of two prompts are as good as independent, so products of different
 * prompts stay unbiased; a vector's product with itself would not, hence the squared norms of the rounded vectors are
 * summed too and taken off exactly. What rounding adds to the mean pairwise similarity s of n prompts is an error with a
 * standard deviation of at most 0.02 (1/n + √(s/n)). The components of one prompt are at most 32, so sums are exact up to 67 million
 * prompts, after which they wrap around.
 */
final class KernelMean {
    static final int DIMENSIONS = 128;

    /** Coarse cells of embedding space: the signs of the {@value #CELL_BITS} leading dimensions. */
    static final int TOPIC_CELLS = 64;

    private static final int CELL_BITS = 6;

    /** Length of a unit vector once rounded: 127 / 4. */
    private static final double SCALE = 31.75;

    /** What the squared norm of a rounded unit vector is on average: 31.75², and 3/32 for each rounding. */
    private static final int USUAL_NORM = 1_020;

    /** Prompts whose sums fit 16 bits for certain. */
    private static final int MOST_NARROW = Short.MAX_VALUE / 32;

    private static final int WIDEST_PARAMETER = 31;
    private static final int PARAMETER_BITS = 5;

    private final Tally cells = new Tally(TOPIC_CELLS);
    private short[] narrow;
    private int[] wide;
    private int count;
    private long norms;

    /** Adds a prompt's embedding; tells whether there was one. */
    boolean add(ByteBuffer embedding) {
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
        grow(1);
        int norm = 0;
        if (wide != null) {
            int[] sums = wide;
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                int rounded = rounded(components[start + dimension]);
                sums[dimension] += rounded;
                norm += rounded * rounded;
            }
        } else {
            short[] sums = narrow;
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                int rounded = rounded(components[start + dimension]);
                sums[dimension] = (short) (sums[dimension] + rounded);
                norm += rounded * rounded;
            }
        }
        norms += norm;
    }

    /** A quarter, rounded to the nearest, halves to the even one: a quarter of all are halves, and must not add up. */
    private static int rounded(int component) {
        return component + 1 + (component >> 2 & 1) >> 2;
    }

    /** Counts prompts and makes room for their sums. */
    private void grow(int prompts) {
        count += prompts;
        if (wide != null) {
            return;
        }
        if (count > MOST_NARROW) {
            wide = new int[DIMENSIONS];
            for (int dimension = 0; narrow != null && dimension < DIMENSIONS; dimension++) {
                wide[dimension] = narrow[dimension];
            }
            narrow = null;
        } else if (narrow == null) {
            narrow = new short[DIMENSIONS];
        }
    }

    private int sum(int dimension) {
        return wide != null ? wide[dimension] : narrow[dimension];
    }

    /** Prompts that have an embedding. */
    int count() {
        return count;
    }

    /** Mean of the embeddings; empty without a prompt. */
    Optional<PromptMean> mean() {
        if (count == 0) {
            return Optional.empty();
        }
        double[] mean = new double[DIMENSIONS];
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            mean[dimension] = sum(dimension) / (SCALE * count);
        }
        return Optional.of(new PromptMean(count, mean, norms / (SCALE * SCALE * count)));
    }

    /** Mean cosine of two different prompts: towards 1 when all say the same; NaN below two prompts. */
    double meanPairwiseSimilarity() {
        if (count < 2) {
            return Double.NaN;
        }
        double norm = 0;
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            norm += (double) sum(dimension) * sum(dimension);
        }
        double similarity = (norm - norms) / (SCALE * SCALE * count * (count - 1.0));
        return Math.min(1, Math.max(-1, similarity));
    }

    /** Evenness of the spread over the topic cells: entropy over its maximum, 0 to 1; NaN when empty. */
    double spread() {
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

    int occupiedCells() {
        int occupied = 0;
        for (int cell = 0; cell < TOPIC_CELLS; cell++) {
            if (cells.get(cell) > 0) {
                occupied++;
            }
        }
        return occupied;
    }

    void merge(KernelMean other) {
        if (other.count == 0) {
            return;
        }
        cells.merge(other.cells);
        grow(other.count);
        norms += other.norms;
        if (wide == null) {
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                narrow[dimension] = (short) (narrow[dimension] + other.narrow[dimension]);
            }
        } else if (other.wide == null) {
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                wide[dimension] += other.narrow[dimension];
            }
        } else {
            for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
                wide[dimension] += other.wide[dimension];
            }
        }
    }

    /** The reader knows the count: the squared norms less what is usual, 128 Rice codes with their parameter, cells. */
    void write(BitWriter out) {
        if (count == 0) {
            return;
        }
        out.signed(norms - (long) count * USUAL_NORM);
        int parameter = parameter();
        out.bits(parameter, PARAMETER_BITS);
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            out.rice(zigzag(sum(dimension)), parameter);
        }
        cells.write(out, count);
    }

    /** The parameter that gives the fewest bits, searched upwards from below the logarithm of the mean. */
    private int parameter() {
        long total = quotients(0);
        int parameter = Math.max(0, 62 - Long.numberOfLeadingZeros(total / DIMENSIONS + 1) - 1);
        while (parameter < WIDEST_PARAMETER && bits(parameter + 1) < bits(parameter)) {
            parameter++;
        }
        return parameter;
    }

    /** Bits that the sums' Rice codes take, were there no end to their unary parts. */
    private long bits(int parameter) {
        return quotients(parameter) + DIMENSIONS * (1L + parameter);
    }

    private long quotients(int parameter) {
        if (wide == null) {
            int quotients = 0;
            for (short sum : narrow) {
                quotients += zigzag(sum) >>> parameter;
            }
            return quotients;
        }
        long quotients = 0;
        for (int sum : wide) {
            quotients += Integer.toUnsignedLong(zigzag(sum)) >>> parameter;
        }
        return quotients;
    }

    private static int zigzag(int value) {
        return value << 1 ^ value >> 31;
    }

    void read(BitReader in, int prompts) {
        if (prompts == 0) {
            return;
        }
        grow(prompts);
        norms = prompts * (long) USUAL_NORM + in.signed();
        int parameter = (int) in.bits(PARAMETER_BITS);
        for (int dimension = 0; dimension < DIMENSIONS; dimension++) {
            int coded = in.rice(parameter);
            int sum = coded >>> 1 ^ -(coded & 1);
            if (wide != null) {
                wide[dimension] = sum;
            } else if (sum == (short) sum) {
                narrow[dimension] = (short) sum;
            } else {
                throw new CorruptStateException("a sum of " + prompts + " unit vectors has a component of " + sum);
            }
        }
        cells.read(in, prompts);
    }

    long approximateBytes() {
        return HeapSize.object(24)
                + cells.approximateBytes()
                + (wide != null ? HeapSize.array(DIMENSIONS, 4) : narrow != null ? HeapSize.array(DIMENSIONS, 2) : 0);
    }
}
