package io.stillwatch.cli.baseline;

import io.stillwatch.baseline.Baseline;
import io.stillwatch.baseline.BaselineException;
import io.stillwatch.baseline.BaselineFile;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.option.OutputOption;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.cli.terminal.TextTable;
import io.stillwatch.replay.BaselineReader;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.topology.control.BaselinePublisher;
import io.stillwatch.topology.topics.Topics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** The baseline of a running pipeline. */
@Command(
        name = "baseline",
        header = "Publish what normal traffic looks like into a running pipeline, list it, take it back.",
        description =
                "A published baseline is in effect within seconds, without a restart: accounts are compared with it"
                        + " from their next look on, and alerts name it. Kits and enrolments of a dictionary stay those that the"
                        + " pipeline was started with.",
        subcommands = {BaselineCommand.Publish.class, BaselineCommand.Show.class, BaselineCommand.Retract.class},
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch calibrate november.jsonl.gz --output baseline.json",
            "  stillwatch baseline publish baseline.json",
            "  stillwatch baseline list",
            "  stillwatch baseline retract"
        })
public final class BaselineCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitStatus.USAGE.code();
    }

    /** Publishes a baseline and says so. */
    static void publish(Stillwatch stillwatch, Baseline baseline) {
        Topics topics = stillwatch.settings().topics();
        stillwatch.onCluster(connection -> {
            RunningCluster.ensure(connection, topics, topics.baseline());
            try (BaselinePublisher publisher = new BaselinePublisher(topics, connection.producerProperties())) {
                publisher.publish(baseline, Instant.now().toEpochMilli());
            }
            return baseline;
        });
        stillwatch.output().line("published " + baseline.name());
    }

    @Command(
            name = "publish",
            header = "Put a baseline into effect in a running pipeline.",
            footerHeading = "%nExample:%n",
            footer = "  stillwatch baseline publish baseline.json")
    static final class Publish implements Callable<Integer> {
        @ParentCommand
        private BaselineCommand parent;

        @Parameters(paramLabel = "FILE", description = "The baseline, as 'stillwatch calibrate' wrote it.")
        private Path file;

        @Override
        public Integer call() {
            publish(parent.stillwatch, ReferenceOptions.checked(() -> BaselineFile.read(file)));
            return ExitStatus.OK.code();
        }
    }

    @Command(
            name = "list",
            header = "Show the baseline that ships or is given, the published one, and which of them is in effect.",
            footerHeading = "%nExamples:%n",
            footer = {"  stillwatch baseline list", "  stillwatch baseline list --output json"})
    static final class Show implements Callable<Integer> {
        @ParentCommand
        private BaselineCommand parent;

        @Option(
                names = "--baseline",
                paramLabel = "FILE",
                description = "The baseline that the pipeline was started with (default: the one that ships).")
        private Optional<Path> given = Optional.empty();

        @Mixin
        private OutputOption format;

        @Override
        public Integer call() {
            TerminalOutput output = parent.stillwatch.output();
            KafkaSettings settings = parent.stillwatch.settings();
            Baseline started =
                    ReferenceOptions.checked(() -> given.map(BaselineFile::read).orElseGet(BaselineFile::bundled));
            Optional<String> published = Connection.find(settings).flatMap(connection -> {
                connection.clusterId();
                return BaselineReader.read(settings.topics(), connection.clientProperties(Map.of()));
            });
            Optional<Baseline> readable = Optional.empty();
            Optional<String> unreadable = Optional.empty();
            try {
                readable = published.map(text -> BaselineFile.parse("The published baseline", text));
            } catch (BaselineException e) {
                unreadable = Optional.of(e.getMessage() + ".");
            }
            TextTable table = new TextTable("baseline", "source", "state", "accounts", "account-days");
            add(table, output, "given", readable.isPresent() ? "replaced" : "in effect", started);
            readable.ifPresent(baseline -> add(table, output, "published", "in effect", baseline));
            if (!format.isJson()) {
                output.table(table);
            }
            unreadable.ifPresent(reason -> output.notice("Unreadable: " + reason));
            return ExitStatus.OK.code();
        }

        private void add(TextTable table, TerminalOutput output, String source, String state, Baseline baseline) {
            if (format.isJson()) {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put("id", baseline.id());
                values.put("version", baseline.version());
                values.put("source", source);
                values.put("state", state);
                values.put("accounts", baseline.accounts());
                values.put("account_days", baseline.accountDays());
                output.line(OutputOption.json(values));
            } else {
                table.row(
                        baseline.name(),
                        source,
                        state,
                        String.format(Locale.ROOT, "%,d", baseline.accounts()),
                        String.format(Locale.ROOT, "%,d", baseline.accountDays()));
            }
        }
    }

    @Command(
            name = "retract",
            header = "Take the published baseline back; the one given at the pipeline's start counts again.",
            footerHeading = "%nExample:%n",
            footer = "  stillwatch baseline retract")
    static final class Retract implements Callable<Integer> {
        @ParentCommand
        private BaselineCommand parent;

        @Override
        public Integer call() {
            KafkaSettings settings = parent.stillwatch.settings();
            Topics topics = settings.topics();
            parent.stillwatch.onCluster(connection -> {
                RunningCluster.ensure(connection, topics, topics.baseline());
                try (BaselinePublisher publisher = new BaselinePublisher(topics, connection.producerProperties())) {
                    publisher.retract();
                }
                return topics;
            });
            parent.stillwatch.output().line("retracted");
            return ExitStatus.OK.code();
        }
    }
}
