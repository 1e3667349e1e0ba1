package io.stillwatch.baseline;

import io.stillwatch.profile.feature.Bar;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which accounts are taken for harvesters that hide in the history: for no more than the stated share, those for which
 * signatures hold as strongly as they do for harvests. Being flagged is not enough, or a signature's mistakes would never
 * be unlearned.
 */
final class SetAsides {
    /** Below this share of the harvests' strengths an account is a mistake of the signature rather than a harvest. */
    private static final double LEAST_LIKENESS = 0.6;

    /** Too few harvests to say how strongly a signature holds for them. */
    private static final int LEAST_HARVESTS = 3;

    private final Map<String, double[]> harvests = new HashMap<>();
    private final Set<String> aboveLow;

    /**
     * Prepares to compare.
     *
     * @param harvests what signatures say of known and simulated harvests
     * @param aboveLow the signatures whose severity is above low; only they say harvest
     */
    SetAsides(Collection<Strengths.Case> harvests, Set<String> aboveLow) {
        this.aboveLow = aboveLow;
        Map<String, double[]> strongest = new HashMap<>();
        int number = 0;
        for (Strengths.Case harvest : harvests) {
            int index = number++;
            harvest.cells().forEach((cell, strength) -> {
                double[] of = strongest.computeIfAbsent(cell.signature(), none -> filled(harvests.size()));
                of[index] = Math.max(of[index], both(strength));
            });
        }
        strongest.forEach((signature, values) -> this.harvests.put(
                signature,
                Arrays.stream(values).filter(value -> value >= 0).sorted().toArray()));
    }

    private static double[] filled(int size) {
        double[] values = new double[size];
        Arrays.fill(values, -1);
        return values;
    }

    private static double both(Strengths.Strength strength) {
        return strength.by(Bar.Measure.MARGIN) + strength.by(Bar.Measure.SCORE);
    }

    /** The accounts to set aside, at most so many, the likest first. */
    List<BudgetReport.SetAside> of(Collection<Strengths.Case> cases, Set<String> knownHonest, int most) {
        Map<String, BudgetReport.SetAside> likest = new HashMap<>();
        for (Strengths.Case one : cases) {
            if (!knownHonest.contains(one.account())) {
                one.cells().forEach((cell, strength) -> {
                    double likeness = likeness(cell.signature(), both(strength));
                    if (likeness >= LEAST_LIKENESS) {
                        likest.merge(
                                one.account(),
                                new BudgetReport.SetAside(one.account(), cell.signature(), likeness),
                                (a, b) -> b.likeness() > a.likeness()
                                                || b.likeness() == a.likeness()
                                                        && b.signature().compareTo(a.signature()) < 0
                                        ? b
                                        : a);
                    }
                });
            }
        }
        return likest.values().stream()
                .sorted(Comparator.comparingDouble(BudgetReport.SetAside::likeness)
                        .reversed()
                        .thenComparing(BudgetReport.SetAside::account))
                .limit(most)
                .toList();
    }

    private double likeness(String signature, double strength) {
        double[] of = harvests.getOrDefault(signature, new double[0]);
        if (!aboveLow.contains(signature) || of.length < LEAST_HARVESTS) {
            return 0;
        }
        return (double) Arrays.stream(of).filter(harvest -> harvest <= strength).count() / of.length;
    }
}
