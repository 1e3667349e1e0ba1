package io.stillwatch.baseline;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Sequential evidence: how many times better an account's days are explained by a harvest than by an honest account, as an
 * e-value.
 *
 * <p>Honest accounts keep their ways, so the days of one are alike, and multiplying up what is rare among all days would
 * convict everybody with an odd habit. Hence an account is a draw of its own: the levels of its days ({@link DayTraits})
 * are draws from its own distribution over levels, and those distributions are Dirichlet distributed over honest
 * accounts, as {@code calibrate} learns from history. The ratio of the two marginal likelihoods is, as every likelihood
 * ratio with the honest one below, an e-value: its mean over honest accounts is 1 (Vovk and Wang 2021, Annals of
 * Statistics 49, section 2), so the share of honest accounts with E or more is at most 1/E (Markov), also at the best
 * moment of a growing history (Ville 1939). It depends on the numbers of days at each level alone.
 *
 * <p>History ends somewhere: of n honest accounts none may have been like a harvest, and yet one in n + 1 may be (Laplace's
 * rule of succession). So honest accounts are taken to be of the harvest's kind with that probability, and no evidence
 * exceeds n + 1: for an error budget of one in a million accounts a million must have been seen.
 *
 * <p>An account may turn, so the evidence is the mean of the e-values over the last 7, 14 and 30 days, which is an e-value
 * again whatever their dependence. An alert at E ≥ N/b, where N accounts are active a day, lets at most b honest accounts
 * a day through on average, by linearity of the mean, so without any assumption on how accounts depend on each other.
 * (The e-BH procedure of Wang and Ramdas 2022, JRSS-B 84, would control the share of false alerts instead of their
 * number; it has to see all accounts at one moment.)
 *
 * <p>Immutable.
 *
 * @param accounts honest ones learned from
 * @param honest weights of the Dirichlet distribution of honest accounts' levels, lowest level first; each above 0
 */
public record Evidence(long accounts, List<Double> honest) {
    /** What the days of harvests are like: published recipes as the simulator plays them, rounded by hand. */
    private static final double[] HARVEST = {0.02, 0.02, 0.04, 0.08, 0.2, 0.6, 1.0, 1.2, 1.2};

    /** Days back that any of it reaches. */
    static final int MOST_DAYS = 30;

    private static final int[] SPANS = {7, 14, MOST_DAYS};

    /** Accounts with days to learn from below which nothing is said. */
    private static final int LEAST_ACCOUNTS = 30;

    /** Days that each level has beside those that were seen, in all accounts together. */
    private static final double UNSEEN_DAYS = 0.5;

    private static final int ROUNDS = 2_000;
    private static final double SETTLED = 1e-9;

    public Evidence {
        honest = List.copyOf(honest);
        if (honest.size() != DayTraits.LEVELS || honest.stream().anyMatch(weight -> !(weight > 0)) || accounts < 1) {
            throw new IllegalArgumentException(
                    "evidence takes " + DayTraits.LEVELS + " weights above 0 of at least one account");
        }
    }

    /**
     * The evidence against an account at the beginning of a day.
     *
     * @param today days since 1970; that day and later ones do not count
     * @return decimal logarithm of the e-value; 0 without a day, at most that of {@link #accounts} + 1
     */
    public double log10(DayLevels days, long today) {
        double sum = 0;
        for (int span : SPANS) {
            sum += eValue(days.counts(today - span, today));
        }
        return Math.log10(sum / SPANS.length);
    }

    /** The e-value of days, by how many there are of each level. */
    double eValue(int[] counts) {
        double[] weights = honest.stream().mapToDouble(Double::doubleValue).toArray();
        double likelier = logLikelihood(counts, weights) - logLikelihood(counts, HARVEST);
        double unseen = 1.0 / (accounts + 1);
        return 1 / (unseen + (1 - unseen) * Math.exp(likelier));
    }

    /** Logarithm of the probability of days in an order, of an account drawn from a Dirichlet distribution. */
    private static double logLikelihood(int[] counts, double[] weights) {
        double sum = 0;
        double log = 0;
        int days = 0;
        for (int level = 0; level < counts.length; level++) {
            for (int day = 0; day < counts[level]; day++) {
                log += Math.log(weights[level] + day);
            }
            days += counts[level];
            sum += weights[level];
        }
        for (int day = 0; day < days; day++) {
            log -= Math.log(sum + day);
        }
        return log;
    }

    /**
     * Learns how honest accounts' days are distributed: the Dirichlet distribution of the greatest likelihood, by the
     * fixed-point iteration of Minka (2000, Estimating a Dirichlet distribution, section 3).
     *
     * @param accounts the numbers of days at each level, of every account
     * @return empty with fewer than {@value #LEAST_ACCOUNTS} accounts that have any
     */
    public static Optional<Evidence> learn(List<int[]> accounts) {
        List<int[]> known = accounts.stream()
                .filter(counts -> Arrays.stream(counts).sum() > 0)
                .toList();
        if (known.size() < LEAST_ACCOUNTS) {
            return Optional.empty();
        }
        double[] weights = new double[DayTraits.LEVELS];
        double days = 0;
        for (int[] counts : known) {
            for (int level = 0; level < weights.length; level++) {
                weights[level] += counts[level];
                days += counts[level];
            }
        }
        double[] least = new double[weights.length];
        for (int level = 0; level < weights.length; level++) {
            weights[level] = (weights[level] + UNSEEN_DAYS) / (days + UNSEEN_DAYS * weights.length);
        }
        double[] shares = weights.clone();
        for (int round = 0; round < ROUNDS; round++) {
            double sum = Arrays.stream(weights).sum();
            for (int level = 0; level < least.length; level++) {
                least[level] = Math.min(shares[level], UNSEEN_DAYS / days) * sum;
            }
            if (!improve(weights, least, known)) {
                break;
            }
        }
        return Optional.of(
                new Evidence(known.size(), Arrays.stream(weights).boxed().toList()));
    }

    /** One round; tells whether anything moved. No level gets less than its least weight. */
    private static boolean improve(double[] weights, double[] least, List<int[]> accounts) {
        double sum = Arrays.stream(weights).sum();
        double[] above = new double[weights.length];
        double below = 0;
        for (int[] counts : accounts) {
            int days = 0;
            for (int level = 0; level < counts.length; level++) {
                for (int day = 0; day < counts[level]; day++) {
                    above[level] += 1 / (weights[level] + day);
                }
                days += counts[level];
            }
            for (int day = 0; day < days; day++) {
                below += 1 / (sum + day);
            }
        }
        double moved = 0;
        for (int level = 0; level < weights.length; level++) {
            double next = Math.max(least[level], weights[level] * above[level] / below);
            moved = Math.max(moved, Math.abs(next - weights[level]));
            weights[level] = next;
        }
        return moved > SETTLED;
    }
}
