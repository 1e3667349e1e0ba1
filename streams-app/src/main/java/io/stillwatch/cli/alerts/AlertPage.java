package io.stillwatch.cli.alerts;

import io.stillwatch.cli.option.Day;
import io.stillwatch.cli.terminal.ClauseTable;
import io.stillwatch.cli.terminal.FindingTable;
import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.text.Figures;
import java.util.ArrayList;
import java.util.List;

/** An alert as a person reads it. */
final class AlertPage {
    private static final int INDENT = 2;
    private static final int MOST_LISTED = 20;

    private AlertPage() {}

    /** All that is known of it, and what analysts did about it. */
    static List<Line> of(KnownAlerts.Known known, List<TriageRecord> trail) {
        Alert alert = known.newest();
        List<Line> lines = new ArrayList<>();
        lines.add(heading(known));
        lines.add(Line.of(alert.getTitle()));
        lines.add(Line.of(alert.getExplanation()));
        lines.add(Line.of("Since it was first seen it has sent " + Figures.counted(alert.getRequests(), "request")
                + " and was answered " + Figures.tokens(alert.getOutputTokens()) + "; the newest step is of "
                + Figures.minute(alert.getTime()) + "."));
        if (alert.getAcknowledgedBy() != null) {
            lines.add(Line.of("Acknowledged by " + alert.getAcknowledgedBy() + " at "
                    + Figures.minute(alert.getAcknowledgedAt()) + "."));
        }
        if (!known.isOpen()) {
            lines.add(Line.of("Closed" + (alert.getClosedBy() == null ? "" : " by " + alert.getClosedBy()) + ": "
                    + alert.getCloseReason()));
        }
        known.disposition()
                .ifPresent(verdict -> lines.add(Line.of("Verdict: " + verdict.replace('_', ' ')
                        + (alert.getDispositionReason() == null ? "" : ", " + alert.getDispositionReason()))));
        known.findings().forEach(finding -> lines.addAll(FindingTable.of(finding)));
        list(lines, "Example requests", alert.getExampleEventIds());
        if (!alert.getExampleEventIds().isEmpty()) {
            lines.add(
                    Line.of("  To find them again: stillwatch alerts requests " + alert.getAlertId() + " --examples"));
        }
        lines.add(Line.of("  All from " + Day.of(alert.getFirstEventTime()) + " to " + Day.of(alert.getTime())
                + ": stillwatch alerts requests " + alert.getAlertId() + " [LOGFILE…]"));
        list(lines, "Accounts", alert.getLinkedAccounts());
        if (!alert.getHistory().isEmpty()) {
            section(lines, "Open before", history(alert.getHistory()));
        }
        if (!trail.isEmpty()) {
            section(lines, "What was done", trail(trail));
        }
        return lines;
    }

    private static Line heading(KnownAlerts.Known known) {
        Alert alert = known.newest();
        return Line.of(
                Span.of(alert.getAlertId(), Span.Style.BOLD),
                Span.of("  "),
                known.isOpen() ? Span.of("open", Span.Style.RED) : Span.of("closed"),
                Span.of("  " + alert.getSeverity() + "  score " + Figures.score(alert.getScore()) + "  "
                        + alert.getEntityType() + " " + alert.getEntityId() + "  opened "
                        + Figures.minute(alert.getOpenedAt())));
    }

    private static void list(List<Line> lines, String title, List<String> ids) {
        if (!ids.isEmpty()) {
            lines.add(Line.of(""));
            lines.add(Line.of(Span.of(title, Span.Style.BOLD)));
            String more = ids.size() > MOST_LISTED ? " and " + Figures.count(ids.size() - MOST_LISTED) + " more" : "";
            lines.add(Line.of("  " + String.join(", ", ids.subList(0, Math.min(MOST_LISTED, ids.size()))) + more));
        }
    }

    private static void section(List<Line> lines, String title, TextTable table) {
        lines.add(Line.of(""));
        lines.add(Line.of(Span.of(title, Span.Style.BOLD)));
        table.lines().forEach(line -> lines.add(ClauseTable.indented(line, INDENT)));
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

    private static TextTable trail(List<TriageRecord> trail) {
        TextTable table = new TextTable("time", "by", "what", "verdict", "reason");
        for (TriageRecord record : trail) {
            table.row(
                    Figures.minute(record.getTime()),
                    record.getBy(),
                    AlertValues.action(record),
                    record.getDisposition() == null ? "-" : record.getDisposition(),
                    record.getReason().isEmpty() ? "-" : record.getReason());
        }
        return table;
    }
}
