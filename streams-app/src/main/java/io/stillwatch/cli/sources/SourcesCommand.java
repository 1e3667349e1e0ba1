package io.stillwatch.cli.sources;

import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.option.SavedMappings;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Logs of others: what would be read of them, and how. */
@Command(
        name = "sources",
        header = "Try what would be read of a log, and save how fields are mapped.",
        subcommands = {SourcesTestCommand.class, SourcesSaveCommand.class, SourcesListCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch sources test gateway.jsonl",
            "  stillwatch sources test --field account_id=$.who --field event_time=$.at gateway.jsonl",
            "  stillwatch sources save my-gateway --field account_id=$.who --field event_time=$.at",
            "  stillwatch run --source gateway-log=my-gateway"
        })
public final class SourcesCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitStatus.USAGE.code();
    }

    Stillwatch stillwatch() {
        return stillwatch;
    }

    TerminalOutput output() {
        return stillwatch.output();
    }

    SavedMappings saved() {
        return new SavedMappings(stillwatch.settings().dataDirectory());
    }
}
