package io.stillwatch.cli;

import io.stillwatch.baseline.Reference;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.option.HttpOption;
import io.stillwatch.cli.option.ManagementOption;
import io.stillwatch.cli.option.SinkOptions;
import io.stillwatch.cli.option.TuningOptions;
import io.stillwatch.cli.run.Management;
import io.stillwatch.cli.run.PipelineHttp;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.console.GatewayServer;
import io.stillwatch.decision.DecisionRules;
import io.stillwatch.decision.PolicyReader;
import io.stillwatch.replay.Feeder;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.topics.Topics;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import picocli.CommandLine;

/** Everything that {@code run} puts together, on an embedded Kafka: gateway, management port, a webhook. */
final class WatchedPipeline implements AutoCloseable {
    private static final String POLICY = """
            name: watched
            version: 1
            mode: enforce
            rules:
              - {name: any, severity: low, action: throttle, rate: 1, valid: P90D}
            """;

    private final Streams streams = new Streams();
    private final TerminalOutput output =
            new TerminalOutput(streams.out(), streams.err(), Terminal.NONE, Verbosity.NORMAL);
    private final ShutdownSequence shutdown = ShutdownSequence.onExit(output);
    private final Management management;
    private final PipelineHttp gateway;
    private final PipelineSession session;

    /** @param webhook port of this machine that takes alerts */
    WatchedPipeline(Path directory, int webhook, Map<String, String> clientProperties) throws InterruptedException {
        this(directory, webhook, clientProperties, port -> {});
    }

    /** @param onTold takes the management port before anything else is started */
    WatchedPipeline(Path directory, int webhook, Map<String, String> clientProperties, IntConsumer onTold)
            throws InterruptedException {
        this(Optional.empty(), directory, webhook, clientProperties, onTold);
    }

    /** @param bootstrapServers a Kafka that is there; empty for one of its own */
    WatchedPipeline(
            Optional<String> bootstrapServers,
            Path directory,
            int webhook,
            Map<String, String> clientProperties,
            IntConsumer onTold)
            throws InterruptedException {
        try {
            DecisionRules rules = new DecisionRules(PolicyReader.read("policy.yaml", POLICY), Optional.empty());
            ManagementOption told = new ManagementOption();
            new CommandLine(told).parseArgs("--management-port", "0");
            management = Management.open(told, shutdown);
            onTold.accept(management.port());
            HttpOption http = new HttpOption();
            new CommandLine(http).parseArgs("--http", "0");
            GatewayServer.Watcher watcher = management.meters()::lookedUp;
            gateway = PipelineHttp.open(http, rules.policy(), Optional.of(watcher), shutdown)
                    .orElseThrow();
            KafkaSettings settings = new KafkaSettings(
                    bootstrapServers, clientProperties, Topics.DEFAULT_PREFIX, directory, Optional.empty());
            Cluster cluster = shutdown.open(Cluster.open(settings, PortChoice.any(), output));
            Topics topics = Topics.of(settings.prefix(), 2, Topics.RequestsKept.ALL);
            SinkOptions sinks = new SinkOptions();
            new CommandLine(sinks).parseArgs("--webhook", "http://127.0.0.1:" + webhook + "/", "--webhook-insecure");
            sinks.start(sinks.targets(), settings, cluster, topics, Optional.of(management.meters()), shutdown, output);
            session = PipelineSession.start(
                    settings,
                    cluster,
                    topics,
                    SignatureSet.bundled(),
                    Reference.bundled(),
                    rules,
                    new TuningOptions()::applyTo,
                    Optional.of(management.telemetry()),
                    shutdown);
            gateway.connect(session);
        } catch (RuntimeException failed) {
            shutdown.close();
            throw failed;
        }
    }

    PipelineSession session() {
        return session;
    }

    Feeder feeder() {
        return session.feeder();
    }

    int managementPort() {
        return management.port();
    }

    int gatewayPort() {
        return gateway.port();
    }

    String metrics() {
        return management.meters().scrape();
    }

    String said() {
        return streams.printed() + streams.complained();
    }

    @Override
    public void close() {
        shutdown.close();
    }
}
