package io.stillwatch.profile.sketch;

import io.stillwatch.profile.codec.CorruptStateException;
import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import java.util.Arrays;

/**
 * The mean of prompts' unit embedding vectors, with their number and mean squared norm: what a kernel mean sketch says of
 * where prompts lie, and how far around that they are spread. Immutable.
 */
public final class PromptMean {
    /** Length of the vectors. */
    public static final int DIMENSIONS = KernelMean.DIMENSIONS;

    private static final int STEPS = 127;

    /** Unit vectors' means lie within 1; a little more for rounding, at any length. */
    private static final double FARTHEST = 2;

    private final long prompts;
    private final double[] mean;
    private final double squaredNorm;

    /**
     * Makes one.
     *
     * @param prompts how many, at least 1
     * @param mean their mean, {@value KernelMean#DIMENSIONS} components
     * @param squaredNorm mean of their squared norms; about 1
     */
    public PromptMean(long prompts, double[] mean, double squaredNorm) {
        if (prompts < 1 || mean.length != DIMENSIONS) {
            throw new IllegalArgumentException("a mean of " + prompts + " prompts in " + mean.length + " dimensions");
        }
        this.prompts = prompts;
        this.mean = mean.clone();
        this.squaredNorm = squaredNorm;
    }

    /** Whether it can be what it says: anything larger would outweigh all that it is compared with. */
    public boolean isOfPrompts() {
        return squaredNorm >= 0
                && squaredNorm <= FARTHEST * FARTHEST
                && Arrays.stream(mean).allMatch(component -> Math.abs(component) <= FARTHEST);
    }

    /** How many prompts it is of; at least 1. */
    public long prompts() {
        return prompts;
    }

    /** The component of a dimension, -1 to 1. */
    public double at(int dimension) {
        return mean[dimension];
    }

    /** The components, to keep. */
    public double[] components() {
        return mean.clone();
    }

    /** Mean of the prompts' squared norms: about 1, as embeddings are rounded unit vectors. */
    public double squaredNorm() {
        return squaredNorm;
    }

    /** Trace of the prompts' covariance, unbiased: 0 when all say the same, towards 1; NaN of a single prompt. */
    public double variance() {
        if (prompts < 2) {
            return Double.NaN;
        }
        double squared = 0;
        for (double component : mean) {
            squared += component * component;
        }
        return Math.max(0, (squaredNorm - squared) * prompts / (prompts - 1));
    }

    /** The mean of these and other prompts. */
    public PromptMean with(PromptMean other) {
        double share = (double) other.prompts / (prompts + other.prompts);
        double[] both = new double[DIMENSIONS];
        for (int d = 0; d < DIMENSIONS; d++) {
            both[d] = mean[d] + share * (other.mean[d] - mean[d]);
        }
        return new PromptMean(prompts + other.prompts, both, squaredNorm + share * (other.squaredNorm - squaredNorm));
    }

    /**
     * Writes it in a byte a component, so rounded to a 254th of the largest: that moves a mean of 200 prompts by a tenth
     * of its sampling error at most.
     */
    public void write(StateWriter out) {
        double largest = Arrays.stream(mean).map(Math::abs).max().orElse(0);
        out.writeUnsigned(prompts);
        out.writeInt(Float.floatToIntBits((float) squaredNorm));
        out.writeInt(Float.floatToIntBits((float) largest));
        for (double component : mean) {
            out.writeByte((int) Math.round(largest == 0 ? 0 : component / largest * STEPS));
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws CorruptStateException when it cannot be that
     */
    public static PromptMean read(StateReader in) {
        long prompts = in.readUnsigned();
        double squaredNorm = Float.intBitsToFloat(in.readInt());
        double largest = Float.intBitsToFloat(in.readInt());
        if (prompts < 1 || !(squaredNorm >= 0) || !(largest >= 0 && largest <= FARTHEST)) {
            throw new CorruptStateException("a mean of " + prompts + " prompts with a largest component of " + largest);
        }
        double[] mean = new double[DIMENSIONS];
        for (int d = 0; d < DIMENSIONS; d++) {
            mean[d] = (byte) in.readByte() * largest / STEPS;
        }
        return new PromptMean(prompts, mean, squaredNorm);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PromptMean that
                && prompts == that.prompts
                && squaredNorm == that.squaredNorm
                && Arrays.equals(mean, that.mean);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(mean) * 31 + Long.hashCode(prompts);
    }
}
