package io.stillwatch.campaign.work;

/**
 * How much better one common source explains two accounts than a source each, as a logarithm of the ratio of the
 * likelihoods: above 0 where they are alike in what few others do, towards minus infinity the surer they differ.
 *
 * <p>It is a quadratic form of the two points whose coefficients depend on how many prompts the two have. Those are
 * rounded to steps of a sixth, so that the coefficients can be computed beforehand.
 */
final class Likeness {
    private static final double STEP = Math.log(7.0 / 6);
    private static final double LEAST_NOISE = 0.01;
    private static final int LEVELS = 26;

    private final Points points;
    private final int[] levels;
    private final float[][] own = new float[LEVELS * LEVELS][];
    private final float[][] cross = new float[LEVELS * LEVELS][];
    private final double[] constants = new double[LEVELS * LEVELS];

    Likeness(Points points) {
        this.points = points;
        this.levels = new int[points.accounts()];
        for (int account = 0; account < levels.length; account++) {
            long level = Math.round(Math.log(points.noise(account) / LEAST_NOISE) / STEP);
            levels[account] = (int) Math.max(0, Math.min(LEVELS - 1, level));
        }
    }

    double of(int one, int other) {
        int pair = levels[one] * LEVELS + levels[other];
        int mirrored = levels[other] * LEVELS + levels[one];
        if (own[pair] == null) {
            prepare(levels[one], levels[other]);
        }
        if (own[mirrored] == null) {
            prepare(levels[other], levels[one]);
        }
        double[] x = points.at(one);
        double[] y = points.at(other);
        float[] ofX = own[pair];
        float[] ofY = own[mirrored];
        float[] ofBoth = cross[pair];
        double squares = 0;
        for (int axis = 0; axis < x.length; axis++) {
            squares += x[axis] * x[axis] * ofX[axis] + y[axis] * y[axis] * ofY[axis] + x[axis] * y[axis] * ofBoth[axis];
        }
        return (squares + constants[pair]) / 2;
    }

    /** With v and w the variances of the two along an axis and b what is common, the two are normal with determinant vw − b². */
    private void prepare(int level, int otherLevel) {
        int axes = points.axes();
        float[] ofX = new float[axes];
        float[] ofBoth = new float[axes];
        double constant = 0;
        for (int axis = 0; axis < axes; axis++) {
            double common = points.between(axis);
            double variance = common + noise(level);
            double otherVariance = common + noise(otherLevel);
            double determinant = variance * otherVariance - common * common;
            ofX[axis] = (float) (1 / variance - otherVariance / determinant);
            ofBoth[axis] = (float) (2 * common / determinant);
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
