package io.stillwatch.cli.alerts;

import io.stillwatch.cli.terminal.FindingTable;
import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.profile.EntityType;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.signature.CompiledSignature;
import io.stillwatch.text.Ago;
import io.stillwatch.text.Figures;
import java.util.List;

/** An alert as a person reads it who has to decide on it: what, who, how unusual, what looks alike, what to do. */
final class AlertPage {
    private static final int INDENT = 2;
    private static final int MOST_LISTED = 20;

    private final ShownAlert shown;
    private final KnownAlerts.Known known;
    private final Alert alert;
    private final TerminalOutput output;
    private final long nowMs;

    /** @param nowMs by this machine's clock, for how long ago something was */
    AlertPage(ShownAlert shown, TerminalOutput output, long nowMs) {
        this.shown = shown;
        this.known = shown.alert();
        this.alert = known.newest();
        this.output = output;
        this.nowMs = nowMs;
    }

    void print() {
        heading();
        standing();
        new WhoPage(shown, output, nowMs).print();
        known.findings().forEach(this::finding);
        new InForcePage(shown, output, nowMs).print();
        list("Example requests", alert.getExampleEventIds());
        list(
                alert.getEntityType().equals(EntityType.ACCOUNT) ? "Linked accounts" : "Its accounts",
                alert.getLinkedAccounts());
        if (!alert.getHistory().isEmpty()) {
            output.heading("Open before");
            output.table(history(alert.getHistory()), INDENT);
        }
        if (!shown.trail().isEmpty()) {
            output.heading("What was done");
            output.table(trail(shown.trail()), INDENT);
        }
        NextSteps.of(shown).print(output);
    }

    private void heading() {
        output.title(Line.of(
                Span.of(alert.getAlertId(), Span.Style.BOLD),
                Span.of("  "),
                known.isOpen() ? Span.of("open", Span.Style.RED) : Span.of("closed"),
                Span.of("  "),
                Span.of(alert.getSeverity(), Span.Style.ofSeverity(alert.getSeverity())),
                Span.of("  score " + Figures.score(alert.getScore()))));
        output.prose(alert.getTitle());
        output.prose("Opened " + when(alert.getOpenedAt()) + "; the newest step is of " + when(alert.getTime()) + ".");
        output.line("");
        output.prose(alert.getExplanation());
    }

    private String when(long timeMs) {
        return Figures.clock(timeMs) + ", " + Ago.of(timeMs, nowMs);
    }

    private void standing() {
        if (alert.getAcknowledgedBy() != null) {
            output.prose("Acknowledged by " + alert.getAcknowledgedBy() + " at "
                    + Figures.clock(alert.getAcknowledgedAt()) + ", the analyst's clock.");
        }
        if (!known.isOpen()) {
            output.prose("Closed" + (alert.getClosedBy() == null ? "" : " by " + alert.getClosedBy()) + ": "
                    + alert.getCloseReason());
        }
        known.disposition()
                .ifPresent(verdict -> output.prose("Verdict: " + verdict.replace('_', ' ')
                        + (alert.getDispositionReason() == null ? "" : ", " + alert.getDispositionReason())));
    }

    private void finding(Finding finding) {
        FindingTable.print(finding, shown.usual(), output);
        List<String> alike = shown.signatures()
                .named(finding.getSignatureId())
                .map(CompiledSignature::signature)
                .map(signature -> signature.falsePositives())
                .orElse(List.of());
        if (!alike.isEmpty()) {
            output.line("  Honest work that looks alike:");
            alike.forEach(text -> output.hanging("  - " + text));
        }
    }

    private void list(String title, List<String> ids) {
        if (!ids.isEmpty()) {
            String more = ids.size() > MOST_LISTED ? " and " + Figures.count(ids.size() - MOST_LISTED) + " more" : "";
            output.heading(title);
            output.hanging("  " + String.join(", ", ids.subList(0, Math.min(MOST_LISTED, ids.size()))) + more);
        }
    }

    private static TextTable history(List<AlertPeriod> periods) {
        TextTable table = new TextTable("opened", "closed", "severity", "score", "by", "verdict", "reason");
        for (AlertPeriod period : periods) {
            table.row(
                    Figures.minute(period.getOpenedAt()),
                    Figures.minute(period.getClosedAt()),
                    period.getSeverity(),
                    Figures.score(period.getScore()),
                    period.getClosedBy() == null ? "-" : period.getClosedBy(),
                    period.getDisposition() == null ? "-" : period.getDisposition(),
                    period.getCloseReason());
        }
        return table;
    }

    private TextTable trail(List<TriageRecord> trail) {
        TextTable table = new TextTable("time", "that is", "by", "what", "verdict", "reason").forPeople("that is");
        for (TriageRecord record : trail) {
            table.row(
                    Figures.minute(record.getTime()),
                    Ago.of(record.getTime(), nowMs),
                    record.getBy(),
                    AlertValues.action(record),
                    record.getDisposition() == null ? "-" : record.getDisposition(),
                    record.getReason().isEmpty() ? "-" : record.getReason());
        }
        return table;
    }
}
