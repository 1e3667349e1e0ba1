package io.stillwatch.cli.decisions;

import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.DecisionReader;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What gateways are told about accounts. */
@Command(
        name = "decisions",
        header = "List, show, lift and preview what gateways are told about accounts.",
        description =
                "A decision says to throttle, challenge or block an account, until when, and because of which alert.",
        subcommands = {
            DecisionsListCommand.class,
            DecisionsShowCommand.class,
            DecisionsLiftCommand.class,
            DecisionsPreviewCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch decisions list",
            "  stillwatch decisions show acct-81",
            "  stillwatch decisions lift --all --by ann --reason 'a bad signature'",
            "  stillwatch decisions preview --policy my-policy.yaml"
        })
public final class DecisionsCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitStatus.USAGE.code();
    }

    TerminalOutput output() {
        return stillwatch.output();
    }

    /** See {@link Stillwatch#meantPipeline}. */
    String meantPipeline() {
        return stillwatch.meantPipeline();
    }

    KafkaSettings settings() {
        return stillwatch.settings();
    }

    Topics topics() {
        return settings().topics();
    }

    SerdeFactory serdes() {
        return new SerdeFactory(PipelineSession.wireFormat(settings()));
    }

    /** On the cluster given, the embedded Kafka that runs, or one started for as long as it takes. */
    <T> T onCluster(Function<Connection, T> work) {
        return stillwatch.onCluster(work);
    }

    /** The newest decision of each wanted account; says so where some cannot be read. */
    SortedMap<String, Decision> read(Connection connection, Predicate<String> wanted) {
        Topics topics = topics();
        RunningCluster.ensure(connection, topics, topics.decisions());
        DecisionReader.Found found =
                DecisionReader.read(topics, serdes(), connection.clientProperties(Map.of()), wanted);
        if (found.unreadable() > 0) {
            output().notice("Unreadable: " + found.unreadable() + " records of the topic " + topics.decisions()
                    + "; check --registry, and that this version is not older than the pipeline's.");
        }
        return found.byAccount();
    }
}
