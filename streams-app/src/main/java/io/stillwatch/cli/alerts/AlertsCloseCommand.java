package io.stillwatch.cli.alerts;

import io.stillwatch.cli.option.Choices;
import io.stillwatch.schema.TriageAction;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Close an alert. */
@Command(
        name = "close",
        header = "Close an alert.",
        description = {
            "It stays closed while what was found goes on, and opens again for a signature that was not among its"
                    + " findings, a higher severity, four times the requests, or findings that come again after the"
                    + " quiet time; judged benign_expected only for the first two.",
            "Dispositions: true_positive, false_positive, benign_expected."
        },
        footerHeading = "%nExample:%n",
        footer =
                "  stillwatch alerts close al-5d2f0a9b31c4e687 --reason 'a translation agency' --disposition false_positive")
final class AlertsCloseCommand implements Callable<Integer> {
    @ParentCommand
    private AlertsCommand alerts;

    @Parameters(paramLabel = "ID", description = "The alert, or the account or campaign that it is about.")
    private String id;

    @Option(
            names = "--disposition",
            completionCandidates = Choices.OfDisposition.class,
            paramLabel = "DISPOSITION",
            description = "What it turned out to be: true_positive, false_positive or benign_expected.")
    private Optional<String> disposition = Optional.empty();

    @Option(names = "--by", paramLabel = "NAME", description = "Who does it (default: the user).")
    private Optional<String> by = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; kept in the audit trail.")
    private String reason;

    @Override
    public Integer call() {
        return new AlertOrder(alerts.desk(), id, TriageAction.CLOSE, "closed")
                .give(by, reason, disposition.map(AlertOrder::disposition));
    }
}
