package io.stillwatch.cli.campaigns;

import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.schema.Alert;
import io.stillwatch.signature.Severity;
import io.stillwatch.text.Figures;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The campaigns, the worst first. */
@Command(
        name = "list",
        header = "List the campaigns whose alert is open, the worst first.",
        description = {
            "accounts: members now; none once a campaign has merged with another.",
            "requests, tokens: what its accounts ever sent and were answered, as last told by the alert or by the"
                    + " members; both tell when they have grown, not at every request.",
            "behaviours: the signatures that hold, strongest first."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch campaigns list", "  stillwatch campaigns list --all --output json"})
final class CampaignsListCommand implements Callable<Integer> {
    private static final Comparator<KnownCampaign> WORST_FIRST = Comparator.comparing(
                    (KnownCampaign campaign) -> !campaign.isOpen())
            .thenComparing(
                    Comparator.comparingInt(CampaignsListCommand::severity).reversed())
            .thenComparing(
                    Comparator.comparingDouble(CampaignsListCommand::score).reversed())
            .thenComparing(KnownCampaign::id);

    @ParentCommand
    private CampaignsCommand campaigns;

    @Option(names = "--all", description = "Those whose alert is closed, too.")
    private boolean all;

    @Mixin
    private OutputOption format;

    @Override
    public Integer call() {
        boolean json = format.isJson();
        Collection<KnownCampaign> known = campaigns.read().values();
        List<KnownCampaign> shown = known.stream()
                .filter(campaign -> all || campaign.isOpen())
                .sorted(WORST_FIRST)
                .toList();
        TerminalOutput output = campaigns.output();
        if (shown.isEmpty()) {
            output.notice(none(known.size()));
        } else if (json) {
            shown.forEach(campaign -> output.line(OutputOption.json(CampaignJson.summary(campaign))));
        } else {
            output.table(table(shown));
        }
        return ExitStatus.OK.code();
    }

    private static String none(int closed) {
        return switch (closed) {
            case 0 -> "No campaign has been found.";
            case 1 -> "No campaign is open; 'stillwatch campaigns list --all' shows the one that is closed.";
            default ->
                "No campaign is open; 'stillwatch campaigns list --all' shows the " + Figures.count(closed)
                        + " that are closed.";
        };
    }

    private static TextTable table(List<KnownCampaign> shown) {
        TextTable table = new TextTable(
                "id", "state", "severity", "score", "opened", "accounts", "requests", "tokens", "behaviours");
        for (KnownCampaign campaign : shown) {
            table.row(
                    campaign.id(),
                    CampaignJson.state(campaign),
                    campaign.newest().map(Alert::getSeverity).orElse("-"),
                    campaign.newest()
                            .map(alert -> Figures.score(alert.getScore()))
                            .orElse("-"),
                    campaign.newest()
                            .map(alert -> Figures.minute(alert.getOpenedAt()))
                            .orElse("-"),
                    Figures.count(campaign.members().size()),
                    Figures.count(campaign.requests()),
                    Figures.count(campaign.outputTokens()),
                    campaign.behaviours().isEmpty() ? "-" : String.join(", ", campaign.behaviours()));
        }
        return table;
    }

    /** A severity of a newer version comes last. */
    private static int severity(KnownCampaign campaign) {
        String id = campaign.newest().map(Alert::getSeverity).orElse("");
        return Arrays.stream(Severity.values())
                .filter(severity -> severity.id().equals(id))
                .mapToInt(Severity::ordinal)
                .findFirst()
                .orElse(-1);
    }

    private static double score(KnownCampaign campaign) {
        return campaign.newest().map(Alert::getScore).orElse(0.0);
    }
}
