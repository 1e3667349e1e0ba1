package io.stillwatch.cli.signatures;

import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.alerts.TriageDesk;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.DefinitionReader;
import io.stillwatch.replay.Precision;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.control.SignaturePublisher;
import io.stillwatch.topology.topics.Topics;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What to find: signatures in files, in the release, and published to a running pipeline. */
@Command(
        name = "signatures",
        header = "List, show, write, try, explain, publish and disable signatures.",
        description =
                "A running pipeline takes published and disabled signatures up within seconds, without a restart.",
        subcommands = {
            SignaturesListCommand.class,
            SignaturesShowCommand.class,
            SignaturesNewCommand.class,
            SignaturesValidateCommand.class,
            SignaturesTestCommand.class,
            SignaturesExplainCommand.class,
            SignaturesPublishCommand.class,
            SignaturesDisableCommand.class,
            SignaturesEnableCommand.class
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch signatures list",
            "  stillwatch signatures show logprob-harvest",
            "  stillwatch signatures test my-signatures/",
            "  stillwatch signatures publish my-signatures/new-harvest.yaml",
            "  stillwatch signatures explain acct-81"
        })
public final class SignaturesCommand implements Callable<Integer> {
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

    /** How often each signature was right, of those about whose alerts somebody said so. */
    Map<String, Precision> precision(Connection connection) {
        return Precision.bySignature(
                new TriageDesk(stillwatch).alerts(connection).all());
    }

    DefinitionReader.Published published(Connection connection) {
        return DefinitionReader.read(topics(), serdes(), connection.clientProperties(Map.of()));
    }

    /** A publisher to the topic, which is made where it is missing; the caller's to close. */
    SignaturePublisher publisher(Connection connection) {
        Topics topics = topics();
        RunningCluster.ensure(connection, topics, topics.signatures());
        return new SignaturePublisher(topics, serdes(), connection.producerProperties());
    }
}
