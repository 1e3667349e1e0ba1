package io.stillwatch.cli.campaigns;

import io.stillwatch.cli.terminal.FindingTable;
import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.replay.report.AlertLife;
import io.stillwatch.replay.report.UsualValues;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.text.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A campaign as a person reads it. */
final class CampaignPage {
    private static final int INDENT = 2;

    private CampaignPage() {}

    /** Prints everything but its members. */
    static void about(KnownCampaign campaign, TerminalOutput output) {
        output.title(heading(campaign));
        campaign.newestLife().ifPresent(life -> {
            Alert alert = life.last();
            output.prose(alert.getTitle());
            output.prose(alert.getExplanation());
            if (alert.getCloseReason() != null) {
                output.prose("Closed " + Figures.minute(alert.getTime()) + ": " + alert.getCloseReason());
            }
            if (campaign.alerts().size() > 1) {
                output.prose("Before this alert it had "
                        + Figures.counted(campaign.alerts().size() - 1L, "other alert") + ", all closed.");
            }
            if (!alert.getHistory().isEmpty()) {
                output.prose("It was open and closed "
                        + Figures.times(alert.getHistory().size()) + " before.");
            }
            alert.getFindings().forEach(finding -> FindingTable.print(finding, UsualValues.NONE, output));
            output.heading("Growth");
            output.table(growth(life), INDENT);
        });
    }

    /** Prints its first members as a table under their number. */
    static void members(KnownCampaign campaign, int shown, TerminalOutput output) {
        int count = campaign.members().size();
        if (count == 0) {
            output.line("");
            output.line("No account belongs to it any more.");
            return;
        }
        output.heading(Figures.counted(count, "account"));
        TextTable table = new TextTable("account", "since", "confidence", "requests", "tokens", "why");
        for (CampaignMember member : campaign.members().subList(0, shown)) {
            table.row(
                    member.getAccountId(),
                    Figures.minute(member.getJoinedAt()),
                    Figures.score(member.getConfidence()),
                    Figures.count(member.getRequests()),
                    Figures.count(member.getOutputTokens()),
                    member.getReason());
        }
        output.table(table, INDENT);
    }

    private static Line heading(KnownCampaign campaign) {
        List<Span> spans = new ArrayList<>();
        spans.add(Span.of(campaign.id(), Span.Style.BOLD));
        campaign.newest()
                .ifPresentOrElse(
                        alert -> {
                            spans.add(Span.of("  "));
                            spans.add(campaign.isOpen() ? Span.of("open", Span.Style.RED) : Span.of("closed"));
                            spans.add(Span.of("  " + alert.getSeverity() + "  score " + Figures.score(alert.getScore())
                                    + "  opened " + Figures.minute(alert.getOpenedAt())));
                        },
                        () -> spans.add(Span.of("  The alerts topic holds no alert of it.")));
        return new Line(spans);
    }

    private static TextTable growth(AlertLife life) {
        TextTable table = new TextTable("step", "time", "accounts", "requests", "tokens", "severity", "score");
        for (Alert step : life.steps()) {
            KnownCampaign.Size size = KnownCampaign.Size.at(step);
            table.row(
                    step.getState().name().toLowerCase(Locale.ROOT),
                    Figures.minute(step.getTime()),
                    Figures.count(size.accounts()) + (size.orMore() ? " or more" : ""),
                    Figures.count(step.getRequests()),
                    Figures.count(step.getOutputTokens()),
                    step.getSeverity(),
                    Figures.score(step.getScore()));
        }
        return table;
    }
}
