package io.stillwatch.cli.alerts;

import io.stillwatch.schema.TriageAction;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Open a closed alert again. */
@Command(
        name = "reopen",
        header = "Open a closed alert again.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch alerts reopen al-5d2f0a9b31c4e687 --reason 'the agency denies it'")
final class AlertsReopenCommand implements Callable<Integer> {
    @ParentCommand
    private AlertsCommand alerts;

    @Parameters(paramLabel = "ID", description = "The alert, or the account or campaign that it is about.")
    private String id;

    @Option(names = "--by", paramLabel = "NAME", description = "Who does it (default: the user).")
    private Optional<String> by = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; kept in the audit trail.")
    private String reason;

    @Override
    public Integer call() {
        return new AlertOrder(alerts.desk(), id, TriageAction.REOPEN, "reopened").give(by, reason, Optional.empty());
    }
}
