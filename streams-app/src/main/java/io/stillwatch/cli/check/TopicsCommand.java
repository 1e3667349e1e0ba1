package io.stillwatch.cli.check;

import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.UserException;
import io.stillwatch.topology.topics.TopicDifference;
import io.stillwatch.topology.topics.TopicProvisioner;
import io.stillwatch.topology.topics.TopicSpec;
import io.stillwatch.topology.topics.TopicState;
import io.stillwatch.topology.topics.Topics;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the pipeline needs in a cluster. */
@Command(
        name = "topics",
        header = "Create, describe or delete the topics that the pipeline needs.",
        subcommands = {TopicsCommand.Create.class, TopicsCommand.Describe.class, TopicsDeleteCommand.class},
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch topics describe", "  stillwatch topics create --partitions 12 --replication-factor 3"})
public final class TopicsCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitStatus.USAGE.code();
    }

    /** On the cluster given, the embedded Kafka that runs, or one started for as long as it takes. */
    private <T> T onCluster(Function<TopicProvisioner, T> work) {
        KafkaSettings settings = stillwatch.settings();
        Optional<Connection> running = Connection.find(settings);
        if (running.isPresent()) {
            running.get().clusterId();
            return on(running.get(), work);
        }
        try (Cluster cluster = Cluster.open(settings, PortChoice.any(), stillwatch.output())) {
            return on(cluster.connection(), work);
        }
    }

    KafkaSettings settings() {
        return stillwatch.settings();
    }

    TerminalOutput output() {
        return stillwatch.output();
    }

    <T> T onConnection(Function<Connection, T> work) {
        return stillwatch.onCluster(work);
    }

    private static <T> T on(Connection connection, Function<TopicProvisioner, T> work) {
        try (Admin admin = connection.admin()) {
            return work.apply(new TopicProvisioner(admin));
        }
    }

    private List<TopicSpec> catalogue(int partitions) {
        return Topics.of(stillwatch.settings().prefix(), partitions, Topics.RequestsKept.NEWEST)
                .all();
    }

    /** Creates what is missing. */
    @Command(
            name = "create",
            header = "Create the topics that are missing; leave those that exist as they are.",
            footerHeading = "%nExample:%n",
            footer = "  stillwatch topics create --partitions 12 --replication-factor 3")
    static final class Create implements Callable<Integer> {
        @ParentCommand
        private TopicsCommand topics;

        @Option(
                names = "--partitions",
                paramLabel = "N",
                defaultValue = "" + Topics.DEFAULT_PARTITIONS,
                description = "Partitions of each new topic: at most as many threads can share the work (default:"
                        + " ${DEFAULT-VALUE}).")
        private int partitions;

        @Option(
                names = "--replication-factor",
                paramLabel = "N",
                description = "Copies of each new partition (default: the cluster's).")
        private Optional<Short> replicationFactor = Optional.empty();

        @Override
        public Integer call() {
            if (partitions < 1) {
                throw new UserException(
                        "--partitions is a number from 1 upwards, not " + partitions + ".", ExitStatus.USAGE);
            }
            List<TopicSpec> catalogue = topics.catalogue(partitions);
            List<String> created =
                    topics.onCluster(provisioner -> provisioner.createMissing(catalogue, replicationFactor));
            TerminalOutput output = topics.stillwatch.output();
            created.forEach(name -> output.line("created " + name));
            if (created.isEmpty()) {
                output.notice("All " + catalogue.size() + " topics exist already.");
            }
            return ExitStatus.OK.code();
        }
    }

    /** Shows what there is, and where it differs from what the pipeline needs. */
    @Command(
            name = "describe",
            header = "Show the topics and where they differ from what the pipeline needs.",
            description = "Ends with exit status 1 where a topic is missing or would lose or refuse records.",
            footerHeading = "%nExample:%n",
            footer = "  stillwatch topics describe --bootstrap-servers kafka:9092 --prefix team-a.")
    static final class Describe implements Callable<Integer> {
        @ParentCommand
        private TopicsCommand topics;

        @Override
        public Integer call() {
            // One partition is all that describing must find: how many there should be is for who creates them.
            List<TopicSpec> catalogue = topics.catalogue(1);
            List<TopicState> states = topics.onCluster(provisioner -> provisioner.inspect(catalogue));
            TerminalOutput output = topics.stillwatch.output();
            output.table(TopicTable.of(states));
            List<TopicDifference> differences = TopicState.differences(states);
            differences.forEach(difference -> output.line(Line.of(
                    difference.severity() == TopicDifference.Severity.PROBLEM
                            ? Span.of("problem: ", Span.Style.RED)
                            : Span.of("note: ", Span.Style.YELLOW),
                    Span.of(difference.sentence()))));
            boolean problem = differences.stream()
                    .anyMatch(difference -> difference.severity() == TopicDifference.Severity.PROBLEM);
            return (problem ? ExitStatus.FAILURE : ExitStatus.OK).code();
        }
    }
}
