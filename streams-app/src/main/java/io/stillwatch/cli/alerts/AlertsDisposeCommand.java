package io.stillwatch.cli.alerts;

import io.stillwatch.schema.TriageAction;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Say what an alert turned out to be, open or closed. */
@Command(
        name = "dispose",
        header = "Say what an alert turned out to be, open or closed.",
        description = {
            "true_positive: it did harvest.",
            "false_positive: the signature was wrong.",
            "benign_expected: the signature was right, and what it found is known and wanted.",
            "From these 'stillwatch signatures list' reckons how often each signature is right."
        },
        footerHeading = "%nExample:%n",
        footer = "  stillwatch alerts dispose al-5d2f0a9b31c4e687 true_positive --reason 'the key was sold'")
final class AlertsDisposeCommand implements Callable<Integer> {
    @ParentCommand
    private AlertsCommand alerts;

    @Parameters(index = "0", paramLabel = "ID", description = "The alert, or the account or campaign that it is about.")
    private String id;

    @Parameters(
            index = "1",
            paramLabel = "DISPOSITION",
            description = "true_positive, false_positive or benign_expected.")
    private String disposition;

    @Option(names = "--by", paramLabel = "NAME", description = "Who does it (default: the user).")
    private Optional<String> by = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; kept in the audit trail.")
    private String reason;

    @Override
    public Integer call() {
        return new AlertOrder(alerts.desk(), id, TriageAction.DISPOSE, "judged")
                .give(by, reason, Optional.of(AlertOrder.disposition(disposition)));
    }
}
