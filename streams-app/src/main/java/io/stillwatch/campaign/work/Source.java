package io.stillwatch.campaign.work;

/** What accounts that draw from one source tell of it: where it lies, and how surely. Immutable. */
final class Source {
    private static final double TINY = 1e-9;

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

    /** Squared error of its place along an axis. */
    double error(int axis) {
        return error[axis];
    }

    /** Where it lies along a line. */
    double along(double[] line) {
        return Vectors.product(mean, line);
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
        double most = mostSquares(points, account, least);
        double squares = 0;
        double widths = 1;
        int axis = 0;
        for (; axis + 3 < point.length; axis += 4) {
            double first = point[axis] - mean[axis];
            double second = point[axis + 1] - mean[axis + 1];
            double third = point[axis + 2] - mean[axis + 2];
            double fourth = point[axis + 3] - mean[axis + 3];
            double firstWidth = error[axis] + noise;
            double secondWidth = error[axis + 1] + noise;
            double thirdWidth = error[axis + 2] + noise;
            double fourthWidth = error[axis + 3] + noise;
            // Four fractions as one, as divisions take longest.
            double onePair = firstWidth * secondWidth;
            double otherPair = thirdWidth * fourthWidth;
            double four = onePair * otherPair;
            squares += ((first * first * secondWidth + second * second * firstWidth) * otherPair
                            + (third * third * fourthWidth + fourth * fourth * thirdWidth) * onePair)
                    / four;
            widths *= four;
            if (squares > most) {
                return Double.NEGATIVE_INFINITY;
            }
        }
        for (; axis < point.length; axis++) {
            double width = error[axis] + noise;
            double apart = point[axis] - mean[axis];
            squares += apart * apart / width;
            widths *= width;
        }
        return -(squares + Math.log(widths)) / 2;
    }

    /**
     * What the squares of an account's distances, in units of what sampling adds, may come to for a likelihood: no axis is
     * narrower than what sampling adds, so widths cannot make up for more than that.
     */
    static double mostSquares(Points points, int account, double least) {
        return -2 * least - points.axes() * points.logNoise(account);
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
