package io.stillwatch.cli;

import io.stillwatch.runtime.BuildInfo;
import io.stillwatch.runtime.ExitStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParentCommand;

/** Which Stillwatch, Kafka and Java this is. */
@Command(
        name = "version",
        header = "Show the versions of Stillwatch, its Kafka and Java.",
        footerHeading = "%nExample:%n",
        footer = "  stillwatch version")
final class VersionCommand implements Callable<Integer>, IVersionProvider {
    @ParentCommand
    private Stillwatch stillwatch;

    @Override
    public Integer call() {
        for (String line : getVersion()) {
            stillwatch.output().line(line);
        }
        return ExitStatus.OK.code();
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "stillwatch " + BuildInfo.version(),
            "Kafka " + BuildInfo.kafkaVersion(),
            "Java " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
        };
    }
}
