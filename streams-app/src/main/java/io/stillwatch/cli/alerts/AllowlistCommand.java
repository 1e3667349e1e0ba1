package io.stillwatch.cli.alerts;

import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Who is not to raise alerts. */
@Command(
        name = "allowlist",
        header = "Keep accounts, organizations, link keys and campaigns that are known from raising alerts.",
        description = {
            "The pipeline takes changes within seconds: an open alert all of whose findings are allowed closes, and when an"
                    + " entry is removed the alert opens again if its findings still hold.",
            "What is suppressed is counted here and told on the findings topic; nothing is lost silently.",
            "Each change is a line of the audit trail on the triage topic."
        },
        subcommands = {AllowlistAddCommand.class, AllowlistRemoveCommand.class, AllowlistListCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch allowlist add --organization org-42 --expires P90D --reason 'research partner'",
            "  stillwatch allowlist list",
            "  stillwatch allowlist remove w-5d2f0a9b31c4e687 --reason 'contract ended'"
        })
public final class AllowlistCommand implements Callable<Integer> {
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

    TerminalOutput output() {
        return stillwatch.output();
    }
}
