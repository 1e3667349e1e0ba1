package io.stillwatch.cli;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.schema.Alert;
import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Alerts against the truth of a simulation. */
final class DemoScore {
    private final List<TruthRow> truth;
    private final Map<String, Alert> opened = new HashMap<>();

    DemoScore(List<TruthRow> truth) {
        this.truth = truth;
    }

    synchronized void take(Alert step) {
        if (AlertLifecycle.opens(step)) {
            opened.putIfAbsent(step.getEntityId(), step);
        }
    }

    synchronized int alerts() {
        return opened.size();
    }

    /** Whether every hostile account and no honest one has an alert. */
    synchronized boolean isClean() {
        return truth.stream().allMatch(row -> (row.label() == Label.HOSTILE) == opened.containsKey(row.accountId()));
    }

    synchronized void print(TerminalOutput output) {
        output.line("");
        output.line("Hostile accounts");
        TextTable hostile = new TextTable("behaviour", "account", "requests", "caught after", "as");
        for (TruthRow row : sorted(Label.HOSTILE)) {
            Alert alert = opened.get(row.accountId());
            hostile.row(
                    row.kind(),
                    row.accountId(),
                    String.format(Locale.ROOT, "%,d", row.requests()),
                    alert == null ? "MISSED" : String.format(Locale.ROOT, "%,d", alert.getRequests()),
                    alert == null ? "" : alert.getFindings().get(0).getSignatureId());
        }
        hostile.lines().forEach(output::line);
        output.line("");
        output.line("Honest accounts");
        TextTable honest = new TextTable("kind", "accounts", "requests", "flagged");
        Map<String, List<TruthRow>> byKind = new TreeMap<>();
        for (TruthRow row : sorted(Label.HONEST)) {
            byKind.computeIfAbsent(row.kind(), kind -> new ArrayList<>()).add(row);
        }
        byKind.forEach((kind, rows) -> honest.row(
                kind,
                Integer.toString(rows.size()),
                String.format(
                        Locale.ROOT,
                        "%,d",
                        rows.stream().mapToLong(TruthRow::requests).sum()),
                Long.toString(rows.stream()
                        .filter(row -> opened.containsKey(row.accountId()))
                        .count())));
        honest.lines().forEach(output::line);
        output.line("");
        output.line(String.format(
                Locale.ROOT,
                "Caught %d of %d hostile accounts; flagged %d of %d honest ones.",
                count(Label.HOSTILE, true),
                count(Label.HOSTILE, false),
                count(Label.HONEST, true),
                count(Label.HONEST, false)));
        for (TruthRow row : sorted(Label.HONEST)) {
            Alert alert = opened.get(row.accountId());
            if (alert != null) {
                output.line("Wrongly flagged: " + row.kind() + " " + row.accountId() + ": " + alert.getExplanation());
            }
        }
    }

    private List<TruthRow> sorted(Label label) {
        return truth.stream()
                .filter(row -> row.label() == label)
                .sorted(java.util.Comparator.comparing(TruthRow::kind).thenComparing(TruthRow::accountId))
                .toList();
    }

    private long count(Label label, boolean onlyFlagged) {
        return truth.stream()
                .filter(row -> row.label() == label)
                .filter(row -> !onlyFlagged || opened.containsKey(row.accountId()))
                .count();
    }
}
