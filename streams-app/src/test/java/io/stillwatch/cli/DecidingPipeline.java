package io.stillwatch.cli;

import io.stillwatch.baseline.Reference;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.option.HttpOption;
import io.stillwatch.cli.option.TuningOptions;
import io.stillwatch.cli.run.PipelineHttp;
import io.stillwatch.cli.terminal.Terminal;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.decision.DecisionRules;
import io.stillwatch.decision.PolicyReader;
import io.stillwatch.replay.Feeder;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.Verbosity;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.SignatureDefinition;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.control.SignaturePublisher;
import io.stillwatch.topology.topics.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;

/** A pipeline that decides, on an embedded Kafka, with the HTTP server that gateways ask. */
final class DecidingPipeline implements AutoCloseable {
    private final Streams startup = new Streams();
    private final TerminalOutput output =
            new TerminalOutput(startup.out(), startup.err(), Terminal.NONE, Verbosity.NORMAL);
    private final ShutdownSequence shutdown = ShutdownSequence.onExit(output);
    private final Path directory;
    private final PipelineSession session;
    private final Feeder feeder;
    private final int httpPort;

    /** @param least requests that the only signature wants to see before it finds anything; 0 for no signature */
    DecidingPipeline(Path directory, int least, String policy) throws InterruptedException {
        this.directory = directory;
        SignatureSet signatures = SignatureSet.of(
                least == 0 ? List.of() : List.of(SignatureReader.read("bad-signature.yaml", signature(least))));
        DecisionRules rules = new DecisionRules(PolicyReader.read("policy.yaml", policy), Optional.empty());
        KafkaSettings settings =
                new KafkaSettings(Optional.empty(), Map.of(), Topics.DEFAULT_PREFIX, directory, Optional.empty());
        HttpOption http = new HttpOption();
        new CommandLine(http).parseArgs("--http", "0");
        PipelineHttp gateway = PipelineHttp.open(http, rules.policy(), Optional.empty(), shutdown)
                .orElseThrow();
        httpPort = gateway.port();
        Cluster cluster = shutdown.open(Cluster.open(settings, PortChoice.any(), output));
        Topics topics = Topics.of(settings.prefix(), 2, Topics.RequestsKept.NEWEST);
        try {
            session = PipelineSession.start(
                    settings,
                    cluster,
                    topics,
                    signatures,
                    Reference.bundled(),
                    rules,
                    new TuningOptions()::applyTo,
                    shutdown);
            gateway.connect(session);
            feeder = session.feeder();
        } catch (RuntimeException failed) {
            // Else the Kafka would outlive its directory.
            shutdown.close();
            throw failed;
        }
    }

    private static String signature(int least) {
        return """
                id: bad-signature
                version: 1
                title: Matches everything
                severity: critical
                status: stable
                window: PT24H
                minimum: %d
                condition: "requests >= 1.0"
                score: "1.0"
                evidence: [requests]
                """.formatted(least);
    }

    /** Publishes the signature to the pipeline as it runs. */
    void publish() {
        try (SignaturePublisher publisher = new SignaturePublisher(
                session.topics(),
                new SerdeFactory(WireFormat.singleObject()),
                session.cluster().producerProperties())) {
            publisher.publish(SignatureDefinition.newBuilder()
                    .setId("bad-signature")
                    .setVersion(1)
                    .setYaml(signature(1))
                    .setPublishedAt(System.currentTimeMillis())
                    .build());
        }
    }

    PipelineSession session() {
        return session;
    }

    int httpPort() {
        return httpPort;
    }

    void send(String account, int number, long timeMs) {
        feeder.send(RequestEvent.newBuilder()
                .setEventId(account + "-" + number)
                .setEventTime(timeMs)
                .setAccountId(account)
                .setPrompt("never asked " + account + number * 7919L)
                .setOutputTokens(100L)
                .build());
    }

    void flush() {
        feeder.flush();
    }

    void awaitIdle() throws InterruptedException {
        feeder.flush();
        while (session.waiting() > 0) {
            Thread.sleep(50);
        }
    }

    /** Runs a command beside the pipeline. */
    Run run(String... arguments) {
        Streams streams = new Streams();
        String[] all = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--data-dir";
        all[arguments.length + 1] = directory.toString();
        int status = Main.run(Map.of(), Terminal.NONE, streams.out(), streams.err(), all);
        return new Run(status, streams.printed(), streams.complained());
    }

    /** What a command did. */
    record Run(int status, String printed, String complained) {}

    @Override
    public void close() {
        shutdown.close();
    }
}
