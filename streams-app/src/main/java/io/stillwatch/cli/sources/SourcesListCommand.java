package io.stillwatch.cli.sources;

import io.stillwatch.cli.option.SavedMappings;
import io.stillwatch.runtime.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** The mappings that are saved. */
@Command(
        name = "list",
        header = "List the mappings that are saved.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch sources list")
final class SourcesListCommand implements Callable<Integer> {
    @ParentCommand
    private SourcesCommand sources;

    @Override
    public Integer call() {
        SavedMappings saved = sources.saved();
        for (String name : saved.names()) {
            saved.find(name)
                    .ifPresent(mapping -> sources.output().line(name + "  " + String.join(" ", mapping.pairs())));
        }
        return ExitStatus.OK.code();
    }
}
