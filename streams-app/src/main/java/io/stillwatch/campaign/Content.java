package io.stillwatch.campaign;

/**
 * Where prompts lie, in the {@value #DIMENSIONS} dimensions that vary most: enough to tell whether two accounts, or two
 * groups of them, draw from one source. Adds up over accounts. Mutable.
 */
final class Content {
    /** The embedding is rotated to its principal components, so the first dimensions carry most of the variance. */
    static final int DIMENSIONS = 32;

    /** Variance of a prompt within these dimensions where nothing is known: unit vectors, three fifths of it here. */
    private static final double USUAL_VARIANCE = 0.6;

    /** Squared distance of two means, in units of a prompt's variance, up to which two sources are one. */
    private static final double NEAR = 0.02;

    /** How far above its expectation a squared distance of two samples of one source may lie, in that expectation. */
    private static final double CHANCE = 2.5;

    private final double[] sums = new double[DIMENSIONS];
    private double prompts;
    private double scatter;
    private int accounts;

    /** Takes in the prompts of an account. */
    void add(CompactMean mean) {
        prompts += mean.prompts();
        accounts++;
        for (int d = 0; d < DIMENSIONS; d++) {
            double component = mean.at(d);
            sums[d] += component * mean.prompts();
            scatter += component * component * mean.prompts();
        }
    }

    void add(Content other) {
        prompts += other.prompts;
        scatter += other.scatter;
        accounts += other.accounts;
        for (int d = 0; d < DIMENSIONS; d++) {
            sums[d] += other.sums[d];
        }
    }

    /**
     * Variance of a prompt, from how the accounts' means scatter: exactly that when all draw from one source, more when
     * they do not.
     */
    private double variance() {
        if (accounts < 2) {
            return USUAL_VARIANCE;
        }
        double squared = 0;
        for (double sum : sums) {
            squared += sum * sum;
        }
        return Math.max(0, (scatter - squared / prompts) / (accounts - 1));
    }

    /**
     * Whether two lots of prompts may well come from one source: their means lie no farther apart than chance has it for
     * samples of their size, and a little more. With few prompts nothing speaks against it.
     */
    boolean agreesWith(Content other) {
        if (prompts == 0 || other.prompts == 0) {
            return true;
        }
        double distance = 0;
        for (int d = 0; d < DIMENSIONS; d++) {
            double apart = sums[d] / prompts - other.sums[d] / other.prompts;
            distance += apart * apart;
        }
        Content wider = accounts >= other.accounts ? this : other;
        double variance = Math.min(1, wider.variance());
        return distance <= variance * (NEAR + CHANCE * (1 / prompts + 1 / other.prompts));
    }
}
