package io.stillwatch.campaign.work;

import io.stillwatch.profile.sketch.PromptMean;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * The space in which accounts' work is compared: the mean of an account's prompts, centred on the public's, turned and
 * scaled so that one prompt scatters around its account's mean by 1 along every axis, and that the accounts' own means are
 * independent along them; the axes along which accounts differ most come first.
 *
 * <p>That is probabilistic linear discriminant analysis (Ioffe 2006; Prince and Elder 2007), the way to tell from a few
 * recordings each whether two of them are of one speaker: here, from a few prompts each, whether two accounts draw from
 * one source. What sampling adds is part of the model, so one threshold serves accounts with six prompts and with six
 * thousand.
 *
 * <p>The one that ships was learned on the project's own generated traffic ({@link Learner}). Immutable and thread-safe.
 */
public final class WorkSpace {
    /** Axes that are kept: along the others accounts hardly differ. */
    public static final int AXES = 48;

    /** Prompts below which a mean says too little. */
    private static final long LEAST_PROMPTS = 3;

    /** What every mean may be off by, however many prompts it is of, as sources drift: as with 25 prompts. */
    private static final double DRIFT = 0.04;

    private static final double NARROWEST = 0.3;
    private static final double WIDEST = 2;

    private final float[] centre;
    private final float[][] axes;
    private final float[] between;
    private final float variance;

    /**
     * Makes one.
     *
     * @param centre mean of the accounts' means
     * @param axes rows that a centred mean is multiplied with
     * @param between variance of the accounts' true means along each axis, in units of that of a prompt; 0 or more
     * @param variance trace of the covariance of an account's prompts, as embedded
     */
    WorkSpace(float[] centre, float[][] axes, float[] between, float variance) {
        this.centre = centre;
        this.axes = axes;
        this.between = between;
        this.variance = variance;
    }

    private static final class Bundled {
        private static final WorkSpace INSTANCE = read();

        private static WorkSpace read() {
            try (InputStream in = WorkSpace.class.getResourceAsStream("work-space.bin")) {
                return WorkSpace.read(new BufferedInputStream(in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The one that ships. */
    public static WorkSpace bundled() {
        return Bundled.INSTANCE;
    }

    /** What some accounts' prompts tell together of where they lie; at least one account. */
    public Work pooled(List<Work> works) {
        double[] mean = new double[axes.length];
        double weights = 0;
        for (Work work : works) {
            double weight = 1 / work.noise();
            weights += weight;
            for (int axis = 0; axis < mean.length; axis++) {
                mean[axis] += weight * work.at(axis);
            }
        }
        for (int axis = 0; axis < mean.length; axis++) {
            mean[axis] /= weights;
        }
        return new Work(mean, 1 / weights);
    }

    /**
     * How much better one source explains two works than a source each: the natural logarithm of the odds. Near 0 while
     * little is known of either.
     */
    public double oddsOfOneSource(Work one, Work other) {
        Points points = new Points(this, List.of(one, other));
        return Source.of(points, new int[] {0}).likelihood(points, 1) - Source.likelihoodOfItsOwn(points, 1);
    }

    /** Where prompts lie; empty when they are too few to tell. */
    public Optional<Work> of(PromptMean prompts) {
        if (prompts.prompts() < LEAST_PROMPTS) {
            return Optional.empty();
        }
        double[] point = new double[axes.length];
        for (int axis = 0; axis < point.length; axis++) {
            double component = 0;
            for (int d = 0; d < centre.length; d++) {
                component += axes[axis][d] * (prompts.at(d) - centre[d]);
            }
            point[axis] = component;
        }
        double spread = Math.min(WIDEST, Math.max(NARROWEST, prompts.variance() / variance));
        return Optional.of(new Work(point, spread / prompts.prompts() + DRIFT));
    }

    int axes() {
        return axes.length;
    }

    /** Variance of the accounts' true means along an axis; 0 or more. */
    double between(int axis) {
        return between[axis];
    }

    /** Writes it as {@link #read} reads it: numbers of axes and dimensions, then single-precision numbers, big-endian. */
    public void write(OutputStream to) throws IOException {
        DataOutputStream out = new DataOutputStream(to);
        out.writeInt(axes.length);
        out.writeInt(centre.length);
        out.writeFloat(variance);
        write(out, centre);
        write(out, between);
        for (float[] axis : axes) {
            write(out, axis);
        }
        out.flush();
    }

    private static void write(DataOutputStream out, float[] numbers) throws IOException {
        for (float number : numbers) {
            out.writeFloat(number);
        }
    }

    /** Reads what {@link #write} wrote. */
    static WorkSpace read(InputStream from) throws IOException {
        DataInputStream in = new DataInputStream(from);
        int axes = in.readInt();
        int dimensions = in.readInt();
        if (axes < 1 || axes > dimensions || dimensions != PromptMean.DIMENSIONS) {
            throw new IOException("a work space of " + axes + " axes in " + dimensions + " dimensions");
        }
        float variance = in.readFloat();
        float[] centre = read(in, dimensions);
        float[] between = read(in, axes);
        float[][] rows = new float[axes][];
        for (int axis = 0; axis < axes; axis++) {
            rows[axis] = read(in, dimensions);
        }
        return new WorkSpace(centre, rows, between, variance);
    }

    private static float[] read(DataInputStream in, int length) throws IOException {
        float[] numbers = new float[length];
        for (int at = 0; at < length; at++) {
            numbers[at] = in.readFloat();
        }
        return numbers;
    }
}
