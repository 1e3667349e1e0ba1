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
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What analysts said of accounts' alerts, for learning from a log. A verdict is about the requests that its alert rested on,
 * so it counts where the account sent some of them in the log. It says nothing while another alert of the account stands
 * against it: one that was judged the other way at a time that is in the log, too, and, for an account to count as honest,
 * one that is still open, whatever its time. An alert that was opened again after its verdict says nothing until somebody has
 * looked again, and that a campaign is none says nothing of its accounts by themselves.
 *
 * @param honest accounts whose alerts were false positives, or right about what is wanted
 * @param harvests accounts whose alerts were true positives
 */
record Verdicts(SortedSet<String> honest, SortedSet<String> harvests, Unused unused) {
    static final Verdicts NONE = new Verdicts(new TreeSet<>(), new TreeSet<>(), new Unused(0, 0, 0, 0));

    /**
     * Verdicts that do not count.
     *
     * @param unknown on accounts that are not in the log
     * @param elsewhere on what the account did at other times than those in the log
     * @param disputed where another alert of the account stands against it
     * @param other on campaigns, and of alerts that were opened again
     */
    record Unused(int unknown, int elsewhere, int disputed, int other) {}

    /** What was said of an account, of those alerts that are about its requests in the log. */
    private static final class Said {
        private int honest;
        private int harvests;
        private boolean open;

        void take(Disposition disposition) {
            if (disposition == Disposition.TRUE_POSITIVE) {
                harvests++;
            } else {
                honest++;
            }
        }

        boolean isHonest() {
            return honest > 0 && harvests == 0 && !open;
        }

        boolean isHarvest() {
            return harvests > 0 && honest == 0;
        }

        int disputed() {
            return isHonest() || isHarvest() ? 0 : honest + harvests;
        }
    }

    /**
     * Reads them.
     *
     * @param days of an account's requests in the log, since 1970; none where it has none
     */
    static Verdicts of(Collection<KnownAlerts.Known> alerts, Function<String, Set<Long>> days) {
        Map<String, Said> accounts = new TreeMap<>();
        int unknown = 0;
        int elsewhere = 0;
        int other = 0;
        for (KnownAlerts.Known alert : alerts) {
            Optional<Disposition> disposition = alert.disposition().flatMap(Disposition::named);
            String entity = alert.newest().getEntityId();
            Set<Long> sent = days.apply(entity);
            if (!alert.newest().getEntityType().equals("account")) {
                other += disposition.isPresent() ? 1 : 0;
            } else if (sent.isEmpty()) {
                unknown += disposition.isPresent() ? 1 : 0;
            } else {
                Said said = accounts.computeIfAbsent(entity, none -> new Said());
                said.open |= alert.isOpen();
                if (disposition.isEmpty()) {
                    other += alert.dispositionBefore().isPresent() ? 1 : 0;
                } else if (AlertSpan.of(alert).holdsAny(sent)) {
                    said.take(disposition.get());
                    AlertSpan.judgedBefore(alert, sent).forEach(said::take);
                } else {
                    elsewhere++;
                }
            }
        }
        return new Verdicts(
                those(accounts, Said::isHonest),
                those(accounts, Said::isHarvest),
                new Unused(
                        unknown,
                        elsewhere,
                        accounts.values().stream().mapToInt(Said::disputed).sum(),
                        other));
    }

    private static SortedSet<String> those(Map<String, Said> accounts, Predicate<Said> which) {
        return accounts.entrySet().stream()
                .filter(account -> which.test(account.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Those that the command line says nothing else of. */
    Verdicts but(Collection<String> excluded, Collection<String> namedHonest) {
        SortedSet<String> fewerHonest = new TreeSet<>(honest);
        fewerHonest.removeAll(excluded);
        SortedSet<String> fewerHarvests = new TreeSet<>(harvests);
        fewerHarvests.removeAll(namedHonest);
        fewerHarvests.removeAll(excluded);
        return new Verdicts(fewerHonest, fewerHarvests, unused);
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
        tell(output, unused.unknown(), "are about accounts that are not in these logs");
        tell(output, unused.elsewhere(), "are not used: they are about other times than these logs'");
        tell(
                output,
                unused.disputed(),
                "are not used: another alert of the account was judged the other way, or is open");
        tell(output, unused.other(), "are not used: they are about campaigns, or of alerts that were opened again");
    }

    private static void tell(TerminalOutput output, int number, String why) {
        if (number > 0) {
            output.notice(String.format(Locale.ROOT, "%,d verdicts %s.", number, why));
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
            output.prose("The verdicts change no signature.");
        } else {
            output.prose("What the verdicts change, against the same history without them:");
            output.table(table);
        }
        Set<String> asideBefore = names(without);
        asideBefore.removeAll(names(with));
        if (!asideBefore.isEmpty()) {
            output.prose("Set aside no more: " + String.join(", ", asideBefore) + ".");
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
