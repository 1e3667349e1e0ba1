package io.stillwatch.cli.campaigns;

import io.stillwatch.cli.terminal.ClauseTable;
import io.stillwatch.cli.terminal.FindingTable;
import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.replay.report.AlertLife;
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

    /** Everything but its members. */
    static List<Line> about(KnownCampaign campaign) {
        List<Line> lines = new ArrayList<>();
        lines.add(heading(campaign));
        campaign.newestLife().ifPresent(life -> {
            Alert alert = life.last();
            lines.add(Line.of(alert.getTitle()));
            lines.add(Line.of(alert.getExplanation()));
            if (alert.getCloseReason() != null) {
                lines.add(Line.of("Closed " + Figures.minute(alert.getTime()) + ": " + alert.getCloseReason()));
            }
            if (campaign.alerts().size() > 1) {
                lines.add(Line.of("Before this alert it had "
                        + Figures.counted(campaign.alerts().size() - 1L, "other alert") + ", all closed."));
            }
            if (!alert.getHistory().isEmpty()) {
                lines.add(Line.of("It was open and closed "
                        + Figures.times(alert.getHistory().size()) + " before."));
            }
            alert.getFindings().forEach(finding -> lines.addAll(FindingTable.of(finding)));
            lines.add(Line.of(""));
            lines.add(title("Growth"));
            growth(life).lines().forEach(line -> lines.add(ClauseTable.indented(line, INDENT)));
        });
        return lines;
    }

    /** Its first members as a table under their number. */
    static List<Line> members(KnownCampaign campaign, int shown) {
        List<Line> lines = new ArrayList<>();
        int count = campaign.members().size();
        if (count == 0) {
            lines.add(Line.of("No account belongs to it any more."));
            return lines;
        }
        lines.add(title(Figures.counted(count, "account")));
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
        table.lines().forEach(line -> lines.add(ClauseTable.indented(line, INDENT)));
        return lines;
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

    private static Line title(String text) {
        return Line.of(Span.of(text, Span.Style.BOLD));
    }
}
