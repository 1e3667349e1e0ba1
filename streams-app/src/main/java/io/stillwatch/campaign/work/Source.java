package io.stillwatch.campaign.work;

/** What accounts that draw from one source tell of it: where it lies, and how surely. Immutable. */
final class Source {
    private static final double TINY = 1e-9;

    /** Between two questions whether it is worth going on. */
    private static final int AXES_AT_ONCE = 8;

    private final double[] mean;
    private final double[] error;

    private Source(double[] mean, double[] error) {
        this.mean = mean;
        this.error = error;
    }

    /** The source of some accounts: the posterior of its place, given theirs and how places of sources are spread. */
    static Source of(Points points, int[] accounts) {
        int axes = points.axes();
        double[] mean = new double[axes];
        double weights = 0;
        for (int account : accounts) {
            double weight = 1 / points.noise(account);
            weights += weight;
            double[] point = points.at(account);
            for (int axis = 0; axis < axes; axis++) {
                mean[axis] += weight * point[axis];
            }
        }
        double[] error = new double[axes];
        for (int axis = 0; axis < axes; axis++) {
            error[axis] = 1 / (1 / Math.max(points.between(axis), TINY) + weights);
            mean[axis] *= error[axis];
        }
        return new Source(mean, error);
    }

    double mean(int axis) {
        return mean[axis];
    }

    /** Logarithm of the likelihood that an account draws from it, but for a constant. */
    double likelihood(Points points, int account) {
        return likelihood(points, account, Double.NEGATIVE_INFINITY);
    }

    /**
     * The same where it is worth computing.
     *
     * @param least what below is not told apart: it gives minus infinity
     */
    double likelihood(Points points, int account, double least) {
        double[] point = points.at(account);
        double noise = points.noise(account);
        // No axis is narrower than what sampling adds, so the rest cannot make up for more than that.
        double most = -2 * least - point.length * Math.log(noise);
        double squares = 0;
        double widths = 1;
        for (int axis = 0; axis < point.length; ) {
            int end = Math.min(point.length, axis + AXES_AT_ONCE);
            for (; axis < end; axis++) {
                double width = error[axis] + noise;
                double apart = point[axis] - mean[axis];
                squares += apart * apart / width;
                widths *= width;
            }
            if (squares > most) {
                return Double.NEGATIVE_INFINITY;
            }
        }
        return -(squares + Math.log(widths)) / 2;
    }

    /** The same of a source of the account's own, of which nothing else is known. */
    static double likelihoodOfItsOwn(Points points, int account) {
        double squares = 0;
        double widths = 1;
        double noise = points.noise(account);
        double[] point = points.at(account);
        for (int axis = 0; axis < point.length; axis++) {
            double width = points.between(axis) + noise;
            squares += point[axis] * point[axis] / width;
            widths *= width;
        }
        return -(squares + Math.log(widths)) / 2;
    }
}
