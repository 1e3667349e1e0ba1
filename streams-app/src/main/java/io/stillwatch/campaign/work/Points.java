package io.stillwatch.campaign.work;

import java.util.List;

/** The work of some accounts, unpacked for computing; accounts are known by their places in the list. */
final class Points {
    private final WorkSpace space;
    private final double[][] points;
    private final double[] noise;
    private final double[] logNoise;
    private final double[] precision;

    Points(WorkSpace space, List<Work> works) {
        this.space = space;
        this.points = new double[works.size()][space.axes()];
        this.noise = new double[works.size()];
        this.logNoise = new double[works.size()];
        this.precision = new double[works.size()];
        for (int account = 0; account < points.length; account++) {
            Work work = works.get(account);
            noise[account] = work.noise();
            logNoise[account] = Math.log(work.noise());
            precision[account] = 1 / Math.sqrt(work.noise());
            for (int axis = 0; axis < points[account].length; axis++) {
                points[account][axis] = work.at(axis);
            }
        }
    }

    int axes() {
        return space.axes();
    }

    int accounts() {
        return points.length;
    }

    /** Where an account lies; not to be changed. */
    double[] at(int account) {
        return points[account];
    }

    /** Squared error of each component. */
    double noise(int account) {
        return noise[account];
    }

    /** Natural logarithm of the same. */
    double logNoise(int account) {
        return logNoise[account];
    }

    /** One over the error of each component, not squared. */
    double precision(int account) {
        return precision[account];
    }

    double between(int axis) {
        return space.between(axis);
    }
}
