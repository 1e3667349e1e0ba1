package io.stillwatch.baseline;

import io.stillwatch.profile.sketch.PromptMean;

/**
 * The honest population's prompts, and how far honest accounts lie from them and move in time.
 *
 * @param whitening of its prompts
 * @param accountSpread root mean square distance of an honest account's true mean to the population's, in whitened units
 * @param turnover distance between an honest account's first prompts and those of a later day that nine in ten stay
 *     below, beyond the change within its baseline, in whitened units
 */
public record Population(Whitening whitening, double accountSpread, double turnover) {
    /** Prompts below which a mean says too little. */
    public static final int LEAST_PROMPTS = 50;

    /**
     * Distance of an account's prompts to the population's: their maximum mean discrepancy for the linear kernel on
     * whitened embeddings, as a U-statistic, which takes off what sampling adds (Gretton et al. 2012, JMLR 13, lemma 6).
     * Its unit is the spread between honest accounts and the sampling error of that many prompts, together; so a usual
     * account is at about 1.
     *
     * @return at least 0; NaN below {@value #LEAST_PROMPTS} prompts
     */
    public double distance(PromptMean prompts) {
        if (prompts.prompts() < LEAST_PROMPTS) {
            return Double.NaN;
        }
        double noise = whitening.variance(prompts) / prompts.prompts();
        double unit = accountSpread * accountSpread + deviation(noise);
        return Math.sqrt(Math.max(0, squaredDistance(prompts)) / unit);
    }

    /** Squared distance without what sampling adds to it; below 0 by chance. */
    double squaredDistance(PromptMean prompts) {
        double[] point = whitening.of(prompts);
        return Mixture.product(point, point) - whitening.variance(prompts) / prompts.prompts();
    }

    /**
     * Change of an account's prompts against its own first ones: the squared distance of the two means without what
     * sampling adds to it, over what is usual: the change within the account's own baseline, the sampling error of both, and
     * the turnover of honest accounts. Below 1 for nine in ten accounts that go on as they began.
     *
     * @param later prompts that are not in the baseline
     * @return below 0 by chance; NaN below {@value OwnBaseline#LEAST_LATER} later prompts
     */
    public double drift(OwnBaseline own, PromptMean later) {
        if (later.prompts() < OwnBaseline.LEAST_LATER) {
            return Double.NaN;
        }
        PromptMean first = own.mean();
        double within = Math.max(0, squaredDrift(own.earlier(), own.later()));
        return squaredDrift(first, later) / (turnover * turnover + within + deviation(noise(first, later)));
    }

    double squaredDrift(PromptMean first, PromptMean later) {
        double[] before = whitening.of(first);
        double[] after = whitening.of(later);
        for (int d = 0; d < after.length; d++) {
            after[d] -= before[d];
        }
        return Mixture.product(after, after) - noise(first, later);
    }

    private double noise(PromptMean first, PromptMean later) {
        return whitening.variance(first) / first.prompts() + whitening.variance(later) / later.prompts();
    }

    /** Standard deviation of the squared length of an error with that mean squared length, spread over all dimensions. */
    private static double deviation(double noise) {
        return noise * Math.sqrt(2.0 / PromptMean.DIMENSIONS);
    }
}
