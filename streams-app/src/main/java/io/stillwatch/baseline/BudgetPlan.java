package io.stillwatch.baseline;

import io.stillwatch.signature.Severity;
import io.stillwatch.signature.Signature;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes an error budget true for traffic whose strengths are known, and tells what that comes to. */
public final class BudgetPlan {
    private static final int MOST_NEAR = 20;

    private final Strengths strengths;
    private final ErrorBudget budget;
    private final Map<String, Severity> severities = new TreeMap<>();
    private final Map<String, Integer> versions = new TreeMap<>();
    private final List<Strengths.Case> harvests;
    private final List<Strengths.Case> innocent;
    private final List<Strengths.Case> honest;
    private final List<BudgetReport.SetAside> setAside;

    /**
     * Who is who.
     *
     * @param harvests accounts that are harvests for certain: simulated ones, and those that people say are
     * @param honest accounts that people say are honest
     * @param leftOut accounts that count as neither
     */
    public BudgetPlan(
            Strengths strengths, ErrorBudget budget, Set<String> harvests, Set<String> honest, Set<String> leftOut) {
        this(strengths, budget, harvests, honest, leftOut, List.of(), Set.of());
    }

    /**
     * The same with harvesters hidden among the honest.
     *
     * @param hidden what signatures say of them
     * @param unknown harvests that are not known to be any; they count as neither
     */
    BudgetPlan(
            Strengths strengths,
            ErrorBudget budget,
            Set<String> harvests,
            Set<String> honest,
            Set<String> leftOut,
            List<Strengths.Case> hidden,
            Set<String> unknown) {
        this.strengths = strengths;
        this.budget = budget;
        for (Signature signature : strengths.signatures().values()) {
            severities.put(signature.id(), signature.severity());
            versions.put(signature.id(), signature.version());
        }
        this.harvests = byAccount(strengths, harvests).stream()
                .filter(one -> !unknown.contains(one.account()))
                .toList();
        this.innocent = strengths.cases().stream()
                .filter(one -> !harvests.contains(one.account()) && !leftOut.contains(one.account()))
                .toList();
        List<Strengths.Case> supposed =
                Stream.concat(innocent.stream(), hidden.stream()).toList();
        long accounts =
                supposed.stream().map(Strengths.Case::account).distinct().count();
        this.setAside = new SetAsides(this.harvests, ids(BudgetFit::isAboveLow))
                .of(supposed, honest, (int) Math.floor(budget.contamination() * accounts));
        Set<String> aside =
                setAside.stream().map(BudgetReport.SetAside::account).collect(Collectors.toSet());
        this.honest =
                supposed.stream().filter(one -> !aside.contains(one.account())).toList();
    }

    private Set<String> ids(Predicate<Severity> which) {
        return severities.keySet().stream()
                .filter(id -> which.test(severities.get(id)))
                .collect(Collectors.toSet());
    }

    /** The weeks of each account as one case. */
    static List<Strengths.Case> byAccount(Strengths strengths, Set<String> accounts) {
        Map<String, Strengths.Case> merged = new TreeMap<>();
        for (Strengths.Case week : strengths.cases()) {
            if (accounts.contains(week.account())) {
                Strengths.Case whole = merged.computeIfAbsent(week.account(), Strengths.Case::new);
                whole.cohorts().addAll(week.cohorts());
                week.cells().forEach((cell, strength) -> whole.cells().merge(cell, strength, Strengths::stronger));
            }
        }
        return List.copyOf(merged.values());
    }

    /** Sets the bars. */
    public BudgetReport report() {
        BudgetFit fit = fit(honest);
        Bars bars = fit.bars();
        Set<String> low = ids(severity -> !BudgetFit.isAboveLow(severity));
        Set<String> aboveLow = ids(BudgetFit::isAboveLow);
        List<BudgetReport.Row> rows = severities.keySet().stream()
                .map(id -> new BudgetReport.Row(
                        id,
                        aboveLow.contains(id),
                        effect(bars, Set.of(id), Set.of(id)),
                        Optional.ofNullable(bars.bySignature().get(id))))
                .toList();
        return new BudgetReport(
                bars,
                honest.size(),
                strengths.days(),
                rows,
                effect(bars, aboveLow, aboveLow),
                effect(bars, low, severities.keySet()),
                unseen(aboveLow, low),
                setAside,
                nearest(bars),
                names(fit.large()),
                borrowing(fit.large()));
    }

    /** Account-weeks that are honest but for {@code hidden}, flagged by some bars above low. */
    long innocentAboveLow(Bars bars) {
        return flagged(innocent, bars, ids(BudgetFit::isAboveLow));
    }

    /** The same, flagged at low. */
    long innocentLow(Bars bars) {
        return flagged(innocent, bars, ids(severity -> !BudgetFit.isAboveLow(severity)));
    }

    /** Account-weeks that are honest but for {@code hidden}. */
    long innocentWeeks() {
        return innocent.size();
    }

    /** Whether an account is flagged above low by some bars. */
    boolean isAboveLow(Strengths.Case one, Bars bars) {
        return isFlagged(one, bars, ids(BudgetFit::isAboveLow));
    }

    private BudgetFit fit(Collection<Strengths.Case> learnedFrom) {
        return new BudgetFit(learnedFrom, harvests, severities, versions, budget);
    }

    private BudgetReport.Effect effect(Bars bars, Set<String> alarms, Set<String> finds) {
        return new BudgetReport.Effect(
                flagged(honest, Bars.NONE, alarms),
                flagged(honest, bars, alarms),
                flagged(harvests, Bars.NONE, finds),
                flagged(harvests, bars, finds));
    }

    private static long flagged(Collection<Strengths.Case> cases, Bars bars, Set<String> ids) {
        return cases.stream().filter(one -> isFlagged(one, bars, ids)).count();
    }

    private static boolean isFlagged(Strengths.Case one, Bars bars, Set<String> ids) {
        return one.cells().entrySet().stream()
                .anyMatch(held -> ids.contains(held.getKey().signature()) && reaches(held, bars));
    }

    private static boolean reaches(Map.Entry<Strengths.Cell, Strengths.Strength> held, Bars bars) {
        Bars.OfSignature own = bars.bySignature().get(held.getKey().signature());
        return own == null
                || held.getValue().by(own.measure())
                        >= own.of(held.getKey().cohort()).least();
    }

    private Optional<BudgetReport.Unseen> unseen(Set<String> aboveLow, Set<String> low) {
        Map<Boolean, List<Strengths.Case>> halves = honest.stream()
                .collect(Collectors.partitioningBy(one -> (one.account().hashCode() * 0x9E3779B1 >>> 31) == 0));
        if (halves.values().stream().anyMatch(half -> half.size() < BudgetFit.LEAST_WEEKS / 2)) {
            return Optional.empty();
        }
        long above = 0;
        long at = 0;
        for (boolean half : new boolean[] {false, true}) {
            Bars bars = fit(halves.getOrDefault(half, List.of())).bars();
            List<Strengths.Case> other = halves.getOrDefault(!half, List.of());
            above += flagged(other, bars, aboveLow);
            at += flagged(other, bars, low);
        }
        return Optional.of(new BudgetReport.Unseen(above, at));
    }

    private List<BudgetReport.Near> nearest(Bars bars) {
        Map<String, BudgetReport.Near> byAccount = new TreeMap<>();
        for (Strengths.Case one : honest) {
            one.cells().forEach((cell, strength) -> {
                Optional<Bars.OfSignature> own =
                        Optional.ofNullable(bars.bySignature().get(cell.signature()));
                byAccount.merge(
                        one.account(),
                        new BudgetReport.Near(
                                one.account(),
                                cell.signature(),
                                BudgetFit.isAboveLow(BudgetFit.of(severities, cell.signature())),
                                own.map(bar -> strength.by(bar.measure())).orElse(strength.margin()),
                                own.map(bar -> bar.of(cell.cohort()).least()).orElse(0.0)),
                        BudgetPlan::moreTelling);
            });
        }
        List<BudgetReport.Near> all = new ArrayList<>(byAccount.values());
        all.sort(Comparator.comparing(BudgetReport.Near::aboveLow)
                .reversed()
                .thenComparingDouble(near -> Math.abs(near.strength() - near.bar()))
                .thenComparing(BudgetReport.Near::account));
        return all.stream().limit(MOST_NEAR).toList();
    }

    /** Above low before low, then who is farther above its line. */
    private static BudgetReport.Near moreTelling(BudgetReport.Near a, BudgetReport.Near b) {
        Comparator<BudgetReport.Near> order = Comparator.comparing(BudgetReport.Near::aboveLow)
                .thenComparingDouble(near -> near.strength() - near.bar())
                .thenComparing(BudgetReport.Near::signature, Comparator.reverseOrder());
        return order.compare(a, b) >= 0 ? a : b;
    }

    private static SortedSet<String> names(Set<Cohort> cohorts) {
        return cohorts.stream().map(Cohort::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private SortedSet<String> borrowing(Set<Cohort> large) {
        Set<Cohort> present = new HashSet<>();
        honest.forEach(one -> present.addAll(BudgetFit.cohorts(one)));
        present.removeAll(large);
        return names(present);
    }
}
