package io.stillwatch.baseline;

import io.stillwatch.profile.AnswerLengths;
import io.stillwatch.profile.Profile;
import io.stillwatch.profile.sketch.PromptMean;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Learns a baseline from history.
 *
 * <p>The population's mean and variances weigh an account by its prompts, up to {@value #MOST_WEIGHT} of them, so that a
 * few heavy jobs are not the population. The means of the public are clusters of accounts of general use: were apps among
 * them, a harvest near somebody's app would count as public.
 */
public final class Calibration {
    static final int MOST_WEIGHT = 200;

    /** Means that stand for the public. */
    static final int PUBLIC_MEANS = 8;

    /** Least turnover as a share of the spread between accounts, where history shows no account over time. */
    private static final double LEAST_TURNOVER = 0.1;

    private static final double TURNOVER_QUANTILE = 0.9;

    private final History history;
    private final List<String> accounts;

    /**
     * Prepares to learn.
     *
     * @param included which accounts to learn from
     */
    public Calibration(History history, Predicate<String> included) {
        this.history = history;
        this.accounts = history.accounts().stream().filter(included).toList();
    }

    /**
     * Learns the baseline but for the quantiles of features, which are read beside it: see {@link Baseline#with}.
     *
     * @throws BaselineException when there is too little to learn from
     */
    public Baseline learn(String id, int version) {
        Map<String, PromptMean> means = new HashMap<>();
        AnswerLengths.Learner lengths = new AnswerLengths.Learner(MOST_WEIGHT);
        for (String account : accounts) {
            Profile whole = history.whole(account);
            lengths.account(whole);
            whole.promptMean().ifPresent(mean -> means.put(account, mean));
        }
        Whitening whitening = whitening(means);
        List<PromptMean> settled = means.values().stream()
                .filter(mean -> mean.prompts() >= Population.LEAST_PROMPTS)
                .toList();
        if (settled.size() < 2) {
            throw new BaselineException("The history has " + settled.size() + " accounts with "
                    + Population.LEAST_PROMPTS + " prompts or more; give one with hundreds of them");
        }
        Population unscaled = new Population(whitening, 1, 1);
        double spread = Math.sqrt(Math.max(
                1e-6,
                settled.stream()
                        .mapToDouble(unscaled::squaredDistance)
                        .sorted()
                        .average()
                        .orElse(0)));
        Population population = new Population(whitening, spread, turnover(unscaled, spread));
        List<Atom> general = general(whitening, means);
        AnswerLengths answers = lengths.learned(history.models());
        return new Baseline(
                id, version, accounts.size(), 0, population, answers, evidence(answers), general, Map.of(), Bars.NONE);
    }

    private Optional<Evidence> evidence(AnswerLengths answers) {
        return Evidence.learn(accounts.stream()
                .map(account -> history.levels(account, answers).counts(Long.MIN_VALUE, Long.MAX_VALUE))
                .toList());
    }

    private Whitening whitening(Map<String, PromptMean> means) {
        double[] sums = new double[PromptMean.DIMENSIONS];
        double[] squares = new double[PromptMean.DIMENSIONS];
        double weights = 0;
        for (String account : accounts) {
            PromptMean mean = means.get(account);
            if (mean != null) {
                double weight = Math.min(MOST_WEIGHT, mean.prompts());
                double[] squared = history.squares(account);
                weights += weight;
                for (int d = 0; d < sums.length; d++) {
                    sums[d] += weight * mean.at(d);
                    squares[d] += weight * squared[d] / mean.prompts();
                }
            }
        }
        double[] variances = new double[sums.length];
        for (int d = 0; d < sums.length; d++) {
            sums[d] /= weights;
            variances[d] = squares[d] / weights - sums[d] * sums[d];
        }
        if (weights == 0) {
            throw new BaselineException("The history has no prompts; give logs that hold the prompts' text");
        }
        return Whitening.ofVariances(sums, variances);
    }

    /** From the days of all accounts that have a frozen baseline and enough prompts on a later day. */
    private double turnover(Population unscaled, double spread) {
        List<Double> changes = new ArrayList<>();
        for (String account : accounts) {
            Optional<OwnBaseline> own = history.ownBaseline(account);
            if (own.isPresent()) {
                long frozen = Math.floorDiv(own.get().untilHour(), History.HOURS_A_DAY);
                for (long day : history.days(account)) {
                    if (day > frozen) {
                        history.day(account, day)
                                .whole()
                                .promptMean()
                                .filter(later -> later.prompts() >= OwnBaseline.LEAST_LATER)
                                .ifPresent(later -> changes.add(
                                        unscaled.squaredDrift(own.get().mean(), later)
                                                - Math.max(
                                                        0,
                                                        unscaled.squaredDrift(
                                                                own.get().earlier(),
                                                                own.get().later()))));
                    }
                }
            }
        }
        double least = LEAST_TURNOVER * LEAST_TURNOVER * spread * spread;
        if (changes.isEmpty()) {
            return Math.sqrt(least);
        }
        double[] sorted =
                changes.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Math.sqrt(Math.max(least, sorted[(int) (TURNOVER_QUANTILE * (sorted.length - 1))]));
    }

    private List<Atom> general(Whitening whitening, Map<String, PromptMean> means) {
        List<PromptMean> general = accounts.stream()
                .filter(account -> means.containsKey(account)
                        && means.get(account).prompts() >= Population.LEAST_PROMPTS
                        && Cohort.of(history.whole(account)).use() == Cohort.Use.GENERAL)
                .map(means::get)
                .toList();
        List<Atom> atoms = new ArrayList<>();
        for (PromptMean mean : MeanClusters.of(whitening, general, PUBLIC_MEANS)) {
            atoms.add(new Atom(Atom.Kind.PUBLIC, "public-" + (atoms.size() + 1), "clusters of accounts", mean));
        }
        return atoms;
    }

    /** Names of the accounts learned from. */
    public List<String> accounts() {
        return List.copyOf(accounts);
    }
}
