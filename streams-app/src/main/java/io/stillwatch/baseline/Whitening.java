package io.stillwatch.baseline;

import io.stillwatch.profile.sketch.PromptMean;
import java.util.Arrays;

/**
 * The population's prompts as the unit of measure: a mean embedding is centred on theirs and each dimension is divided by
 * their standard deviation. The dimensions are principal components of the token table, so a diagonal does for whitening.
 * Immutable.
 */
public final class Whitening {
    /** A dimension in which hardly anybody differs must not be blown up: least variance, as a share of the mean one. */
    private static final double LEAST_VARIANCE = 0.1;

    private final double[] mean;
    private final double[] deviation;
    private final double variance;

    /**
     * Makes one.
     *
     * @param mean of the population's prompts
     * @param deviation standard deviation of the population's prompts, for each dimension; above 0
     */
    public Whitening(double[] mean, double[] deviation) {
        if (mean.length != PromptMean.DIMENSIONS
                || deviation.length != PromptMean.DIMENSIONS
                || !Arrays.stream(deviation).allMatch(value -> value > 0)) {
            throw new IllegalArgumentException(
                    "whitening takes " + PromptMean.DIMENSIONS + " means and deviations above 0");
        }
        this.mean = mean.clone();
        this.deviation = deviation.clone();
        this.variance = Arrays.stream(deviation).map(value -> value * value).sum();
    }

    /** Takes variances as measured, of which tiny ones are raised to a tenth of the mean one. */
    static Whitening ofVariances(double[] mean, double[] variances) {
        double least = LEAST_VARIANCE * Arrays.stream(variances).average().orElse(0);
        return new Whitening(
                mean,
                Arrays.stream(variances)
                        .map(value -> Math.sqrt(Math.max(Math.max(least, value), Double.MIN_NORMAL)))
                        .toArray());
    }

    double[] mean() {
        return mean.clone();
    }

    double[] deviation() {
        return deviation.clone();
    }

    /** The centred, whitened mean. */
    double[] of(PromptMean prompts) {
        double[] whitened = new double[PromptMean.DIMENSIONS];
        for (int d = 0; d < whitened.length; d++) {
            whitened[d] = (prompts.at(d) - mean[d]) / deviation[d];
        }
        return whitened;
    }

    /**
     * Trace of the covariance of the whitened prompts, so that it over their number is the squared sampling error of
     * their whitened mean. A sketch knows its prompts' spread in all dimensions together only; it is taken to have the
     * population's shape.
     */
    double variance(PromptMean prompts) {
        return PromptMean.DIMENSIONS * prompts.variance() / variance;
    }
}
