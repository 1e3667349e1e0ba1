package io.stillwatch.cli.baseline;

import io.stillwatch.alert.Disposition;
import io.stillwatch.baseline.Bars;
import io.stillwatch.baseline.BudgetReport;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.KnownAlerts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What analysts said of accounts' alerts, for learning from it. An alert that was opened again after its verdict says
 * nothing until somebody has looked again, and that a campaign is none says nothing of its accounts by themselves.
 *
 * @param honest accounts whose alerts were false positives, or right about what is wanted
 * @param harvests accounts whose alerts were true positives
 * @param unknown verdicts on accounts that are not in the history
 * @param unused verdicts on campaigns, and of alerts that were opened again
 */
record Verdicts(SortedSet<String> honest, SortedSet<String> harvests, int unknown, int unused) {
    static final Verdicts NONE = new Verdicts(new TreeSet<>(), new TreeSet<>(), 0, 0);

    /** Reads them. */
    static Verdicts of(Collection<KnownAlerts.Known> alerts, Set<String> history) {
        SortedSet<String> honest = new TreeSet<>();
        SortedSet<String> harvests = new TreeSet<>();
        int unknown = 0;
        int unused = 0;
        for (KnownAlerts.Known alert : alerts) {
            Optional<Disposition> said = alert.disposition().flatMap(Disposition::named);
            String entity = alert.newest().getEntityId();
            if (!alert.newest().getEntityType().equals("account")) {
                unused += said.isPresent() ? 1 : 0;
            } else if (said.isEmpty()) {
                unused += alert.dispositionBefore().isPresent() ? 1 : 0;
            } else if (!history.contains(entity)) {
                unknown++;
            } else {
                (said.get() == Disposition.TRUE_POSITIVE ? harvests : honest).add(entity);
            }
        }
        return new Verdicts(honest, harvests, unknown, unused);
    }

    /** Those that the command line says nothing else of. */
    Verdicts but(Collection<String> excluded, Collection<String> namedHonest) {
        SortedSet<String> fewerHonest = new TreeSet<>(honest);
        fewerHonest.removeAll(excluded);
        SortedSet<String> fewerHarvests = new TreeSet<>(harvests);
        fewerHarvests.removeAll(namedHonest);
        fewerHarvests.removeAll(excluded);
        return new Verdicts(fewerHonest, fewerHarvests, unknown, unused);
    }

    /** Says what was read. */
    void tell(TerminalOutput output) {
        output.notice(String.format(
                Locale.ROOT,
                "Verdicts: %,d accounts count as honest (%s), %,d as harvests (%s).",
                honest.size(),
                listed(honest),
                harvests.size(),
                listed(harvests)));
        if (unknown > 0) {
            output.notice(
                    String.format(Locale.ROOT, "%,d verdicts are about accounts that are not in these logs.", unknown));
        }
        if (unused > 0) {
            output.notice(String.format(
                    Locale.ROOT,
                    "%,d verdicts are not used: they are about campaigns, or of alerts that were opened again.",
                    unused));
        }
    }

    private static String listed(SortedSet<String> accounts) {
        String some = accounts.stream().limit(5).collect(Collectors.joining(", "));
        return accounts.isEmpty() ? "none" : accounts.size() > 5 ? some + ", …" : some;
    }

    /** Prints what the verdicts made of the bars, signature by signature. */
    static void print(BudgetReport without, BudgetReport with, TerminalOutput output) {
        Map<String, BudgetReport.Row> before = bySignature(without);
        TextTable table = new TextTable(
                "signature", "bar before", "after", "honest flagged before", "after", "harvests found before", "after");
        List<BudgetReport.Row> changed = new ArrayList<>();
        for (BudgetReport.Row now : with.signatures()) {
            BudgetReport.Row was = before.get(now.signature());
            if (was == null || !was.bar().equals(now.bar()) || !was.effect().equals(now.effect())) {
                changed.add(now);
                table.row(
                        now.signature(),
                        bar(Optional.ofNullable(was)),
                        bar(Optional.of(now)),
                        number(Optional.ofNullable(was), BudgetReport.Effect::honestAfter),
                        number(Optional.of(now), BudgetReport.Effect::honestAfter),
                        number(Optional.ofNullable(was), BudgetReport.Effect::harvestsAfter),
                        number(Optional.of(now), BudgetReport.Effect::harvestsAfter));
            }
        }
        output.line("");
        if (changed.isEmpty()) {
            output.line("The verdicts change no signature.");
        } else {
            output.line("What the verdicts change, against the same history without them:");
            table.lines().forEach(output::line);
        }
        Set<String> asideBefore = names(without);
        asideBefore.removeAll(names(with));
        if (!asideBefore.isEmpty()) {
            output.line("Set aside no more: " + String.join(", ", asideBefore) + ".");
        }
    }

    private static Map<String, BudgetReport.Row> bySignature(BudgetReport report) {
        Map<String, BudgetReport.Row> rows = new TreeMap<>();
        report.signatures().forEach(row -> rows.put(row.signature(), row));
        return rows;
    }

    private static Set<String> names(BudgetReport report) {
        return report.setAside().stream()
                .map(BudgetReport.SetAside::account)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String bar(Optional<BudgetReport.Row> row) {
        Optional<Bars.OfSignature> bar = row.flatMap(BudgetReport.Row::bar);
        return bar.map(BudgetTables::bar).orElse("none");
    }

    private static String number(Optional<BudgetReport.Row> row, Function<BudgetReport.Effect, Long> effect) {
        return row.map(BudgetReport.Row::effect)
                .map(effect)
                .map(number -> String.format(Locale.ROOT, "%,d", number))
                .orElse("-");
    }
}
