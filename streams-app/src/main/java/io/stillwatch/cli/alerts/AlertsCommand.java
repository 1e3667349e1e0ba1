package io.stillwatch.cli.alerts;

import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What analysts read of alerts and do about them. */
@Command(
        name = "alerts",
        header = "List and show alerts; acknowledge, close, judge and open them again.",
        description = {
            "An account or campaign has one alert for life, with one id; opened again, it has a history.",
            "What is done about an alert goes to the triage topic, which is the audit trail, and the pipeline takes it"
                    + " within a second or so."
        },
        subcommands = {
            AlertsListCommand.class,
            AlertsShowCommand.class,
            AlertsRequestsCommand.class,
            AlertsAckCommand.class,
            AlertsCloseCommand.class,
            AlertsReopenCommand.class,
            AlertsDisposeCommand.class,
            AlertsNoteCommand.class,
            AlertsTrailCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch alerts list",
            "  stillwatch alerts show al-5d2f0a9b31c4e687",
            "  stillwatch alerts close al-5d2f0a9b31c4e687 --reason 'a translation agency' \\",
            "      --disposition false_positive"
        })
public final class AlertsCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitStatus.USAGE.code();
    }

    TriageDesk desk() {
        return new TriageDesk(stillwatch);
    }

    KafkaSettings settings() {
        return stillwatch.settings();
    }

    TerminalOutput output() {
        return stillwatch.output();
    }
}
