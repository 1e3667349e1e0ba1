package io.stillwatch.cli.alerts;

import io.stillwatch.schema.TriageAction;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Add a note to an alert's audit trail. */
@Command(
        name = "note",
        header = "Add a note to an alert's audit trail.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch alerts note al-5d2f0a9b31c4e687 --reason 'asked the customer'")
final class AlertsNoteCommand implements Callable<Integer> {
    @ParentCommand
    private AlertsCommand alerts;

    @Parameters(paramLabel = "ID", description = "The alert, or the account or campaign that it is about.")
    private String id;

    @Option(names = "--by", paramLabel = "NAME", description = "Who does it (default: the user).")
    private Optional<String> by = Optional.empty();

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "What to note.")
    private String reason;

    @Override
    public Integer call() {
        return new AlertOrder(alerts.desk(), id, TriageAction.NOTE, "noted").give(by, reason, Optional.empty());
    }
}
