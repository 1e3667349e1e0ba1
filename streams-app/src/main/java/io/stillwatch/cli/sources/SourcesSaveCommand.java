package io.stillwatch.cli.sources;

import io.stillwatch.cli.option.InputOptions;
import io.stillwatch.ingest.FieldMapping;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Keeps a mapping under a name. */
@Command(
        name = "save",
        header = "Save a mapping under a name, to give as --format, or behind --source TOPIC=.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch sources save my-gateway --field account_id=$.who --field event_time=$.at")
final class SourcesSaveCommand implements Callable<Integer> {
    @ParentCommand
    private SourcesCommand sources;

    @Mixin
    private InputOptions input;

    @Parameters(paramLabel = "NAME", description = "What to call it.")
    private String name;

    @Override
    public Integer call() {
        FieldMapping mapping = input.mapping()
                .orElseThrow(() -> new UserException(
                        "Say with --field where the fields stand, at least account_id and event_time.",
                        ExitStatus.USAGE));
        sources.output().notice("Saved in " + sources.saved().save(name, mapping) + ".");
        return ExitStatus.OK.code();
    }
}
