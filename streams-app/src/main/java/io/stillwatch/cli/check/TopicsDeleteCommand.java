package io.stillwatch.cli.check;

import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.UserException;
import io.stillwatch.topology.topics.TopicSpec;
import io.stillwatch.topology.topics.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Takes away what a pipeline, or a replay on a cluster, has left. */
@Command(
        name = "delete",
        header = "Delete the topics with a prefix, and what the pipeline has kept beside them.",
        description = {
            "For what a replay on a cluster leaves, or an installation that is given up. Only topics of the catalogue and"
                    + " the pipeline's own changelogs are deleted, and only while no instance runs. Nothing brings"
                    + " them back.",
            "It asks first; in scripts, give --yes."
        },
        footerHeading = "%nExample:%n",
        footer = "  stillwatch topics delete --prefix stillwatch-replay.5f2c01aa. --bootstrap-servers kafka:9092")
final class TopicsDeleteCommand implements Callable<Integer> {
    @ParentCommand
    private TopicsCommand topics;

    @Spec
    private CommandSpec spec;

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() {
        boolean named = spec.commandLine().getParseResult().hasMatchedOption("--prefix")
                || spec.root().commandLine().getParseResult().hasMatchedOption("--prefix")
                || spec.parent().commandLine().getParseResult().hasMatchedOption("--prefix");
        if (!named) {
            throw new UserException(
                    "Say whose topics: give --prefix, such as --prefix " + Topics.DEFAULT_PREFIX
                            + " for the live pipeline's.",
                    ExitStatus.USAGE);
        }
        KafkaSettings settings = topics.settings();
        return topics.onConnection(connection -> delete(connection, settings)).code();
    }

    private ExitStatus delete(Connection connection, KafkaSettings settings) {
        TerminalOutput output = topics.output();
        try (Admin admin = connection.admin()) {
            Set<String> doomed = doomed(admin, settings);
            if (doomed.isEmpty()) {
                output.notice("There is no topic of Stillwatch with the prefix " + settings.prefix() + ".");
                return ExitStatus.OK;
            }
            if (new ClusterChecks(admin).isRunning(settings.applicationId())) {
                throw new UserException(
                        "Instances of " + settings.applicationId() + " run; stop all of them first.",
                        ExitStatus.FAILURE);
            }
            doomed.forEach(output::line);
            if (!yes && !confirmed(doomed.size(), settings.prefix())) {
                throw new UserException("Nothing was deleted.", ExitStatus.FAILURE);
            }
            admin.deleteTopics(doomed).all().get();
            output.line("deleted " + doomed.size() + (doomed.size() == 1 ? " topic" : " topics"));
            return ExitStatus.OK;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException explained ? explained : new IllegalStateException(e);
        }
    }

    private static Set<String> doomed(Admin admin, KafkaSettings settings)
            throws ExecutionException, InterruptedException {
        List<TopicSpec> catalogue =
                Topics.of(settings.prefix(), 1, Topics.RequestsKept.NEWEST).all();
        Set<String> ours = catalogue.stream().map(TopicSpec::name).collect(Collectors.toSet());
        return admin.listTopics().names().get().stream()
                .filter(name -> ours.contains(name) || isKeptBeside(name, settings.applicationId()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean isKeptBeside(String name, String applicationId) {
        return name.startsWith(applicationId + "-") && (name.endsWith("-changelog") || name.endsWith("-repartition"));
    }

    private boolean confirmed(int count, String prefix) {
        if (!topics.output().resultIsOnTerminal()) {
            throw new UserException(
                    "Nothing was deleted: there is nobody to ask; give --yes to delete these " + count + " topics.",
                    ExitStatus.USAGE);
        }
        topics.output()
                .notice("These " + count + " topics will be gone with all that is in them. Type the prefix (" + prefix
                        + ") to delete them:");
        try {
            String answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().equals(prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
