package io.stillwatch.cli;

import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.LogFormat;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.runtime.UserException;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.text.ShellWord;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The root command; {@link CommandList} has those below it. They reach it by {@code @ParentCommand} and get from it what they share: {@link #settings()} and
 * {@link #output()}.
 */
@Command(
        name = "stillwatch",
        header = "Finds accounts that harvest a language model's answers to train a rival model.",
        versionProvider = VersionCommand.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch doctor",
            "  stillwatch topics create --bootstrap-servers kafka:9092 --config kafka.properties",
            "",
            "Every option can also be given in the environment: --data-dir as",
            "STILLWATCH_DATA_DIR, and the Kafka client property sasl.mechanism as",
            "STILLWATCH_KAFKA_SASL_MECHANISM. The command line comes before the",
            "environment, and the environment before --config FILE.",
            "",
            "'stillwatch config' prints such a file with every setting explained.",
            "",
            "Exit status: 0 all was read, 1 failure, 2 wrong usage, 3 some records rejected or",
            "too late, 130 stopped with Ctrl-C."
        })
public final class Stillwatch implements Callable<Integer> {
    private final Context context;

    @Spec
    private CommandSpec spec;

    @Mixin
    private GlobalOptions options;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    private boolean unusedHelp;

    @Option(names = "--version", versionHelp = true, description = "Show the versions.")
    private boolean unusedVersion;

    /**
     * What surrounds the process.
     *
     * @param environment variables by name
     * @param file the configuration file's properties
     * @param output at normal verbosity
     */
    record Context(Map<String, String> environment, Map<String, String> file, TerminalOutput output) {}

    Stillwatch(Context context) {
        this.context = context;
    }

    /**
     * Which Kafka to use, with data in {@code --data-dir} or else in the user's state directory.
     *
     * @throws UserException where the options make no sense
     */
    public KafkaSettings settings() {
        return options.settings(
                context.environment(),
                context.file(),
                options.dataDirectory()
                        .orElseGet(() -> DefaultDataDirectory.of(context.environment(), System.getProperties())));
    }

    /**
     * The directory asked for on the command line, for commands whose records must never come among those of the pipeline
     * because the environment or a file says where its are.
     */
    public Optional<Path> dataDirectoryAskedFor() {
        return isOnCommandLine("--data-dir") ? options.dataDirectory() : Optional.empty();
    }

    /** What every topic's name begins with, if it was asked for on the command line: see {@link #dataDirectoryAskedFor}. */
    public Optional<String> prefixAskedFor() {
        return isOnCommandLine("--prefix") ? Optional.of(settings().prefix()) : Optional.empty();
    }

    private boolean isOnCommandLine(String option) {
        return onCommandLine(option).isPresent();
    }

    private Optional<String> onCommandLine(String option) {
        ParseResult part = spec.commandLine().getParseResult();
        while (!part.hasMatchedOption(option)) {
            if (!part.hasSubcommand()) {
                return Optional.empty();
            }
            part = part.subcommand();
        }
        return part.matchedOption(option).originalStringValues().stream().findFirst();
    }

    /**
     * The options of this command line that say which pipeline is meant, for commands that somebody is to copy; each word as
     * a shell takes it. Kafka's own properties are left out, as a password may be among them.
     */
    public String meantPipeline() {
        return Stream.of("--bootstrap-servers", "--config", "--prefix", "--data-dir", "--registry")
                .flatMap(
                        option -> onCommandLine(option).map(value -> " " + option + "=" + ShellWord.of(value)).stream())
                .collect(Collectors.joining());
    }

    /** Does something on the cluster given, the embedded Kafka that runs, or one started for as long as it takes. */
    public <T> T onCluster(Function<Connection, T> work) {
        return RunningCluster.use(settings(), output(), work);
    }

    /** Where to print, at the verbosity asked for. */
    public TerminalOutput output() {
        return context.output().with(options.verbosity(), options.logFormat());
    }

    LogFormat logFormat() {
        return options.logFormat();
    }

    /** Who is at the keyboard, as the environment tells; empty where it does not. */
    public Optional<String> user() {
        return Stream.of("USER", "LOGNAME", "USERNAME")
                .map(context.environment()::get)
                .filter(name -> name != null && !name.isBlank())
                .findFirst();
    }

    Verbosity verbosity() {
        return options.verbosity();
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitStatus.USAGE.code();
    }
}
