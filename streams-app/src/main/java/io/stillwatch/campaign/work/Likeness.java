package io.stillwatch.campaign.work;

import java.util.Arrays;

/**
 * How much better one common source explains two accounts than a source each, as a logarithm of the ratio of the
 * likelihoods: above 0 where they are alike in what few others do, towards minus infinity the surer they differ.
 *
 * <p>It is a quadratic form of the two points whose coefficients depend on how many prompts the two have. Those are
 * rounded to steps of a sixth, so that the coefficients, and what each account adds by itself, are computed once.
 */
final class Likeness {
    private static final double STEP = Math.log(7.0 / 6);
    private static final double LEAST_NOISE = 0.01;
    private static final int LEVELS = 26;

    private final Points points;
    private final byte[] levels;

    /** By the level of the other account, the account: what it adds to the form by itself; NaN where not computed yet. */
    private final float[][] alone = new float[LEVELS][];

    private final double[][] own = new double[LEVELS * LEVELS][];
    private final double[][] cross = new double[LEVELS * LEVELS][];
    private final double[] constants = new double[LEVELS * LEVELS];

    Likeness(Points points) {
        this.points = points;
        this.levels = new byte[points.accounts()];
        for (int account = 0; account < levels.length; account++) {
            long level = Math.round(Math.log(points.noise(account) / LEAST_NOISE) / STEP);
            levels[account] = (byte) Math.max(0, Math.min(LEVELS - 1, level));
        }
    }

    double of(int one, int other) {
        int pair = levels[one] * LEVELS + levels[other];
        if (cross[pair] == null) {
            prepare(levels[one], levels[other]);
        }
        double[] x = points.at(one);
        double[] y = points.at(other);
        double[] ofBoth = cross[pair];
        // Four sums at a time, as one would wait for each addition.
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int axis = 0;
        for (; axis + 3 < x.length; axis += 4) {
            first += x[axis] * y[axis] * ofBoth[axis];
            second += x[axis + 1] * y[axis + 1] * ofBoth[axis + 1];
            third += x[axis + 2] * y[axis + 2] * ofBoth[axis + 2];
            fourth += x[axis + 3] * y[axis + 3] * ofBoth[axis + 3];
        }
        for (; axis < x.length; axis++) {
            first += x[axis] * y[axis] * ofBoth[axis];
        }
        double together = (first + second) + (third + fourth);
        return (alone(one, levels[other]) + alone(other, levels[one]) + together + constants[pair]) / 2;
    }

    private double alone(int account, int otherLevel) {
        float[] known = alone[otherLevel];
        if (known == null) {
            known = new float[levels.length];
            Arrays.fill(known, Float.NaN);
            alone[otherLevel] = known;
        }
        if (Float.isNaN(known[account])) {
            int pair = levels[account] * LEVELS + otherLevel;
            if (own[pair] == null) {
                prepare(levels[account], otherLevel);
            }
            double[] point = points.at(account);
            double squares = 0;
            for (int axis = 0; axis < point.length; axis++) {
                squares += point[axis] * point[axis] * own[pair][axis];
            }
            known[account] = (float) squares;
        }
        return known[account];
    }

    /** With v and w the variances of the two along an axis and b what is common, the two are normal with determinant vw − b². */
    private void prepare(int level, int otherLevel) {
        int axes = points.axes();
        double[] ofX = new double[axes];
        double[] ofBoth = new double[axes];
        double constant = 0;
        for (int axis = 0; axis < axes; axis++) {
            double common = points.between(axis);
            double variance = common + noise(level);
            double otherVariance = common + noise(otherLevel);
            double determinant = variance * otherVariance - common * common;
            ofX[axis] = 1 / variance - otherVariance / determinant;
            ofBoth[axis] = 2 * common / determinant;
            constant += Math.log(variance * otherVariance / determinant);
        }
        own[level * LEVELS + otherLevel] = ofX;
        cross[level * LEVELS + otherLevel] = ofBoth;
        constants[level * LEVELS + otherLevel] = constant;
    }

    private static double noise(int level) {
        return LEAST_NOISE * Math.exp(STEP * level);
    }
}
