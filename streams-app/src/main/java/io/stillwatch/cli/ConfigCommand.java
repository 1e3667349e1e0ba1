package io.stillwatch.cli;

import io.stillwatch.cli.terminal.OutputFile;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the file that {@code --config} reads. */
@Command(
        name = "config",
        header = "Write a stillwatch.properties with every setting explained, for --config.",
        description =
                "Every setting is commented out and has its default, so the file changes nothing until you change it."
                        + " Without FILE it is printed. An existing file is never written over.",
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch config stillwatch.properties", "  stillwatch run --config stillwatch.properties"})
final class ConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file to write.")
    private Optional<Path> file = Optional.empty();

    @Override
    public Integer call() {
        Stillwatch root = (Stillwatch) spec.root().userObject();
        List<String> lines = SettingsFile.lines(spec.root());
        if (file.isEmpty()) {
            lines.forEach(root.output()::line);
            return ExitStatus.OK.code();
        }
        Path target = file.get();
        if (Files.exists(target)) {
            throw new UserException(
                    "The file " + target + " exists already; name another, or compare it with what 'stillwatch config'"
                            + " prints.",
                    ExitStatus.FAILURE);
        }
        OutputFile.write(
                target, writer -> writer.append(String.join("\n", lines)).append('\n'), root.output());
        root.output().notice("Change what you need, then run: stillwatch run --config " + target);
        return ExitStatus.OK.code();
    }
}
