package io.stillwatch.baseline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What becomes of an error budget when harvesters hide in the history. Every other simulated harvest, by its account's
 * number, is a candidate for hiding; the budget is set without knowing of them, and the others tell what is still found.
 */
public final class ContaminationCurve {
    private final Strengths strengths;
    private final ErrorBudget budget;
    private final Set<String> harvests;
    private final Set<String> honest;
    private final Set<String> leftOut;

    /**
     * Prepares it; all as for {@link BudgetPlan}.
     *
     * @param harvests in which some of every kind are found by others than their like
     */
    public ContaminationCurve(
            Strengths strengths, ErrorBudget budget, Set<String> harvests, Set<String> honest, Set<String> leftOut) {
        this.strengths = strengths;
        this.budget = budget;
        this.harvests = Set.copyOf(harvests);
        this.honest = Set.copyOf(honest);
        this.leftOut = Set.copyOf(leftOut);
    }

    /**
     * One share of hidden harvesters.
     *
     * @param share of the accounts, 0 to below 1
     * @param hidden accounts
     * @param caughtHidden of them, set aside or flagged all the same
     * @param honestWeeks account-weeks that are honest
     * @param aboveLow of these, flagged above low
     * @param low of these, flagged at low
     * @param found of the harvests that did not hide, found above low
     * @param harvests that did not hide
     * @param refused whether such a baseline is refused, as it would blind a signature
     */
    public record Point(
            double share,
            int hidden,
            long caughtHidden,
            long honestWeeks,
            long aboveLow,
            long low,
            long found,
            long harvests,
            boolean refused) {}

    /** The point for a share of hidden harvesters, 0 to below 1. */
    public Point at(double share) {
        List<Strengths.Case> all = BudgetPlan.byAccount(strengths, harvests);
        List<Strengths.Case> candidates = new ArrayList<>();
        Set<String> unknown = new TreeSet<>();
        for (int at = 0; at < all.size(); at += 2) {
            candidates.add(all.get(at));
            unknown.add(all.get(at).account());
        }
        long accounts = strengths.cases().stream()
                .map(Strengths.Case::account)
                .filter(account -> !harvests.contains(account) && !leftOut.contains(account))
                .distinct()
                .count();
        int number = candidates.isEmpty() ? 0 : (int) Math.round(share / (1 - share) * accounts);
        List<Strengths.Case> hidden = new ArrayList<>();
        for (int at = 0; at < number; at++) {
            hidden.add(candidates
                    .get((int) ((long) at * candidates.size() / number))
                    .named("hidden-" + at));
        }
        BudgetPlan plan = new BudgetPlan(strengths, budget, harvests, honest, leftOut, hidden, unknown);
        BudgetReport report = plan.report();
        Set<String> aside = new TreeSet<>();
        report.setAside().forEach(one -> aside.add(one.account()));
        long caught = hidden.stream()
                .filter(one -> aside.contains(one.account()) || plan.isAboveLow(one, report.bars()))
                .count();
        return new Point(
                share,
                number,
                caught,
                plan.innocentWeeks(),
                plan.innocentAboveLow(report.bars()),
                plan.innocentLow(report.bars()),
                report.aboveLow().harvestsAfter(),
                (long) all.size() - candidates.size(),
                report.signatures().stream().anyMatch(BudgetReport.Row::isBlinded));
    }
}
