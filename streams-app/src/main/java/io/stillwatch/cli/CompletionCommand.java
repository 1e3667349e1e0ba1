package io.stillwatch.cli;

import io.stillwatch.runtime.ExitStatus;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The script that lets a shell complete our commands and options. */
@Command(
        name = "completion",
        header = "Print a completion script for bash and zsh.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(stillwatch completion)",
            "  stillwatch completion > ~/.local/share/bash-completion/completions/stillwatch"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CommandSpec root = spec.root();
        root.commandLine().getOut().print(AutoComplete.bash(root.name(), root.commandLine()));
        root.commandLine().getOut().flush();
        return ExitStatus.OK.code();
    }
}
