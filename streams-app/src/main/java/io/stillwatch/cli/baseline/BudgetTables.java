package io.stillwatch.cli.baseline;

import io.stillwatch.baseline.Bars;
import io.stillwatch.baseline.BudgetReport;
import io.stillwatch.baseline.Cohort;
import io.stillwatch.baseline.ContaminationCurve;
import io.stillwatch.baseline.ErrorBudget;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an error budget came to, for people. */
final class BudgetTables {
    private static final int WEEK = 7;
    private static final double[] HIDDEN = {0, 0.005, 0.01, 0.02, 0.03, 0.04, 0.05};

    private final BudgetReport report;
    private final ErrorBudget budget;
    private final TerminalOutput output;

    BudgetTables(BudgetReport report, ErrorBudget budget, TerminalOutput output) {
        this.report = report;
        this.budget = budget;
        this.output = output;
    }

    void print() {
        output.line("");
        output.prose(String.format(
                Locale.ROOT,
                "Error budget: of %,d account-weeks that count as honest %s may be flagged above low and %s at low.",
                report.honestWeeks(),
                allowed(budget.aboveLow()),
                allowed(budget.low())));
        if (report.days() < WEEK) {
            output.prose("The history has " + report.days() + " days; a whole week flags more.");
        }
        signatures();
        unseen();
        cohorts();
        setAside();
        nearest();
    }

    private String allowed(double share) {
        return String.format(Locale.ROOT, "%.1f (%s)", share * report.honestWeeks(), percent(share));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private void signatures() {
        TextTable table = new TextTable(
                "signature", "tier", "honest before", "after", "simulated harvests before", "after", "bar");
        for (BudgetReport.Row row : report.signatures()) {
            row(
                    table,
                    row.signature(),
                    row.aboveLow() ? "above low" : "low",
                    row.effect(),
                    row.bar().map(BudgetTables::bar).orElse(""));
        }
        row(table, "all of them", "above low", report.aboveLow(), "");
        row(table, "all of them", "low", report.low(), "");
        output.line("");
        output.table(table);
        output.prose(
                "Harvests of the last line count whatever flags them; every other one is hidden in an account of yours.");
    }

    private static void row(TextTable table, String name, String tier, BudgetReport.Effect effect, String bar) {
        table.row(
                name,
                tier,
                whole(effect.honestBefore()),
                whole(effect.honestAfter()),
                whole(effect.harvestsBefore()),
                whole(effect.harvestsAfter()),
                bar);
    }

    private static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String bar(Bars.OfSignature bar) {
        String own = bar.cohorts().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.comparing(Cohort::id)))
                .filter(cohort -> cohort.getValue() > 0)
                .map(cohort ->
                        String.format(Locale.ROOT, ", %s %.3f", cohort.getKey().id(), cohort.getValue()))
                .collect(Collectors.joining());
        return String.format(
                Locale.ROOT, "%s %.3f%s", bar.measure().name().toLowerCase(Locale.ROOT), bar.others(), own);
    }

    private void unseen() {
        output.line("");
        report.unseen()
                .ifPresentOrElse(
                        unseen -> output.prose(String.format(
                                Locale.ROOT,
                                "Accounts unseen (each half judged by the bars of the other): %,d above low (%s), %,d at low"
                                        + " (%s).",
                                unseen.aboveLow(),
                                percent((double) unseen.aboveLow() / report.honestWeeks()),
                                unseen.low(),
                                percent((double) unseen.low() / report.honestWeeks()))),
                        () -> output.prose(
                                "Too few accounts to say how the bars do on accounts that they have not seen."));
    }

    private void cohorts() {
        if (!report.cohorts().isEmpty()) {
            output.prose("Bars of their own: " + String.join(", ", report.cohorts()) + ".");
        }
        if (!report.borrowing().isEmpty()) {
            output.prose("Too few account-weeks for bars of their own, so one bar for all of them: "
                    + String.join(", ", report.borrowing()) + ".");
        }
    }

    private void setAside() {
        if (report.setAside().isEmpty()) {
            return;
        }
        output.line("");
        output.prose("Set aside, as they may be harvesters (" + percent(budget.contamination())
                + " of the accounts may); name those that are honest with --honest:");
        TextTable table = new TextTable("account", "signature", "holds as strongly as");
        report.setAside()
                .forEach(aside -> table.row(
                        aside.account(),
                        aside.signature(),
                        String.format(Locale.ROOT, "%.0f %% of harvests", 100 * aside.likeness())));
        output.table(table);
    }

    private void nearest() {
        if (report.nearest().isEmpty()) {
            return;
        }
        output.line("");
        output.prose("Nearest to the line; look at them, --exclude harvesters and calibrate again:");
        TextTable table = new TextTable("account", "signature", "tier", "holds by", "bar", "flagged");
        report.nearest()
                .forEach(near -> table.row(
                        near.account(),
                        near.signature(),
                        near.aboveLow() ? "above low" : "low",
                        String.format(Locale.ROOT, "%.3f", near.strength()),
                        String.format(Locale.ROOT, "%.3f", near.bar()),
                        near.isFlagged() ? "yes" : "no more"));
        output.table(table);
    }

    /** What becomes of the budget when harvesters hide in the history. */
    static void print(ContaminationCurve curve, TerminalOutput output) {
        TextTable table = new TextTable(
                "hidden",
                "accounts",
                "of them caught",
                "honest above low",
                "honest at low",
                "other harvests found",
                "baseline");
        for (double share : HIDDEN) {
            ContaminationCurve.Point point = curve.at(share);
            table.row(
                    percent(share),
                    whole(point.hidden()),
                    whole(point.caughtHidden()),
                    percent((double) point.aboveLow() / Math.max(1, point.honestWeeks())),
                    percent((double) point.low() / Math.max(1, point.honestWeeks())),
                    whole(point.found()) + " of " + whole(point.harvests()),
                    point.refused() ? "refused" : "written");
        }
        output.line("");
        output.prose(
                "With harvesters hidden in this history (every other simulated one may hide, unknown to the budget):");
        output.table(table);
    }

    /** Why the baseline must not be used: in one sentence, which signatures the budget takes the sight of. */
    Optional<String> refusal(List<String> allowed) {
        List<BudgetReport.Row> blinded = report.signatures().stream()
                .filter(BudgetReport.Row::isBlinded)
                .filter(row -> !allowed.contains(row.signature()))
                .toList();
        if (blinded.isEmpty()) {
            return Optional.empty();
        }
        String signatures = blinded.stream()
                .map(row -> row.signature() + " (" + row.effect().harvestsAfter() + " of "
                        + row.effect().harvestsBefore() + " simulated harvests left, for "
                        + row.effect().honestBefore() + " accounts that count as honest)")
                .collect(Collectors.joining(", "));
        return Optional.of("The baseline was not written: the error budget would blind " + signatures
                + "; --exclude the harvesters among the accounts nearest to the line, enroll the honest ones, raise the"
                + " budget, or say --allow-blind "
                + blinded.stream().map(BudgetReport.Row::signature).collect(Collectors.joining(",")) + ".");
    }
}
