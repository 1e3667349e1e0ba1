package io.stillwatch.cli.alerts;

import io.stillwatch.schema.TriageAction;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Acknowledge an alert: somebody looks into it. */
@Command(
        name = "ack",
        header = "Acknowledge an alert: somebody looks into it.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch alerts ack al-5d2f0a9b31c4e687")
final class AlertsAckCommand implements Callable<Integer> {
    @ParentCommand
    private AlertsCommand alerts;

    @Parameters(paramLabel = "ID", description = "The alert, or the account or campaign that it is about.")
    private String id;

    @Option(names = "--by", paramLabel = "NAME", description = "Who does it (default: the user).")
    private Optional<String> by = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why; kept in the audit trail.")
    private String reason;

    @Override
    public Integer call() {
        return new AlertOrder(alerts.desk(), id, TriageAction.ACKNOWLEDGE, "acknowledged")
                .give(by, reason, Optional.empty());
    }
}
