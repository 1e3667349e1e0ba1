package io.stillwatch.cli.campaigns;

import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.KnownCampaign;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.text.Figures;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** One campaign with its evidence and its accounts. */
@Command(
        name = "show",
        header = "Show what a campaign's alert rests on, how it grew, and which accounts belong to it.",
        description = {
            "confidence: the probability that not all of what an account shares with others is a coincidence.",
            "requests, tokens: what the account ever sent and was answered, as last told."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch campaigns show c-5d2f0a9b31c4e687",
            "  stillwatch campaigns show c-5d2f0a9b31c4e687 --output members.csv"
        })
final class CampaignsShowCommand implements Callable<Integer> {
    private static final int ON_A_TERMINAL = 50;

    @ParentCommand
    private CampaignsCommand campaigns;

    @Parameters(paramLabel = "ID", description = "The campaign, as 'stillwatch campaigns list --all' names it.")
    private String id;

    @Option(
            names = "--all",
            description = "All accounts on a terminal, too, and not the first " + ON_A_TERMINAL + " only.")
    private boolean all;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write all accounts to a file instead of showing them: .csv, .jsonl (an account a line) or"
                    + " .json (with the alerts).")
    private Optional<String> file = Optional.empty();

    @Override
    public Integer call() {
        Optional<CampaignOutput> target = file.map(CampaignOutput::to);
        OutputFile.check(target.stream().map(CampaignOutput::file).toList(), List.of());
        SortedMap<String, KnownCampaign> known = campaigns.read();
        KnownCampaign campaign = UnknownCampaign.require(id, known);
        TerminalOutput output = campaigns.output();
        CampaignPage.about(campaign, output);
        if (target.isPresent()) {
            target.get().write(campaign, output);
            return ExitStatus.OK.code();
        }
        int members = campaign.members().size();
        int shown = all || !output.resultIsOnTerminal() ? members : Math.min(members, ON_A_TERMINAL);
        CampaignPage.members(campaign, shown, output);
        if (shown < members) {
            output.notice("These are " + shown + " of " + Figures.count(members)
                    + " accounts; --all shows the others, too, and --output members.csv writes all to a file.");
        }
        return ExitStatus.OK.code();
    }
}
