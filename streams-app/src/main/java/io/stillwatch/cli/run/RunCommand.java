package io.stillwatch.cli.run;

import io.stillwatch.baseline.Reference;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.option.HttpOption;
import io.stillwatch.cli.option.IntakeOptions;
import io.stillwatch.cli.option.ManagementOption;
import io.stillwatch.cli.option.PolicyOption;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.option.RetentionOption;
import io.stillwatch.cli.option.SavedMappings;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.cli.option.SinkOptions;
import io.stillwatch.cli.option.TuningOptions;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.decision.DecisionRules;
import io.stillwatch.decision.Policy;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.UserException;
import io.stillwatch.sink.Target;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** The pipeline on live traffic, until it is stopped. */
@Command(
        name = "run",
        header = "Run the pipeline: request events in, alerts out, until stopped.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch run",
            "  stillwatch run --bootstrap-servers kafka:9092 --config client.properties",
            "  stillwatch run --port 19092 --signatures my-signatures/",
            "  stillwatch run --webhook https://soar.example/hook --webhook-secret-file secret.txt",
            "  stillwatch run --syslog tls://siem.example:6514",
            "  stillwatch run --policy my-policy.yaml --http 127.0.0.1:8085",
            "  stillwatch run --source otlp_spans --source kong-log=kong --account user.id",
            "  stillwatch run --intake-port 4318"
        })
public final class RunCommand implements Callable<Integer> {
    /** Port of the embedded Kafka where it is free. */
    static final int DEFAULT_PORT = 19_092;

    private static final int MOST_PORT = 65_535;

    @ParentCommand
    private Stillwatch stillwatch;

    @Mixin
    private SignatureOption signatures;

    @Mixin
    private ReferenceOptions reference;

    @Mixin
    private TuningOptions tuning;

    @Mixin
    private SinkOptions sinks;

    @Mixin
    private PolicyOption policy;

    @Mixin
    private HttpOption http;

    @Mixin
    private ManagementOption management;

    @Mixin
    private RetentionOption retention;

    @Mixin
    private IntakeOptions intake;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the embedded Kafka on the loopback interface (default: " + DEFAULT_PORT
                    + ", or a free one where it is taken).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "" + Topics.DEFAULT_PARTITIONS,
            description = "Partitions of the topics where they are created (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Override
    public Integer call() throws InterruptedException {
        KafkaSettings settings = stillwatch.settings();
        TerminalOutput output = stillwatch.output();
        var library = signatures.load();
        Reference known = reference.load();
        List<Target> targets = sinks.targets();
        DecisionRules rules = policy.rules();
        Intake outside = Intake.of(intake, new SavedMappings(settings.dataDirectory()));
        PortChoice chosen = portChoice(port);
        if (partitions < 1) {
            throw new UserException(
                    "--partitions is a number from 1 upwards, not " + partitions + ".", ExitStatus.USAGE);
        }
        Topics topics = Topics.of(settings.prefix(), partitions, Topics.RequestsKept.NEWEST);
        Map<String, Duration> kept = retention.of(topics);
        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            RunReport report = shutdown.open(new RunReport(output));
            Management told = Management.open(management, shutdown);
            Optional<PipelineHttp> gateway =
                    PipelineHttp.open(http, rules.policy(), Optional.of(told.meters()::lookedUp), shutdown);
            Cluster cluster = shutdown.open(Cluster.open(settings, chosen, output));
            sinks.start(targets, settings, cluster, topics, Optional.of(told.meters()), shutdown, output);
            PipelineSession session = PipelineSession.start(
                    settings,
                    cluster,
                    topics,
                    library,
                    known,
                    rules,
                    tuning::applyTo,
                    Optional.of(told.telemetry()),
                    shutdown);
            session.keep(kept);
            gateway.ifPresent(opened -> opened.connect(session));
            told.tell(output);
            gateway.ifPresent(opened -> opened.tell(output));
            outside.start(session, shutdown, output);
            output.notice("Ready: Stillwatch runs with " + library.signatures().size() + " signatures on "
                    + cluster.bootstrapServers() + ". Send request events to " + topics.requests()
                    + ", read alerts from " + topics.alerts() + " or " + topics.alertsOcsf()
                    + ". " + decisions(rules.policy(), topics) + " Stop with Ctrl-C.");
            shutdown.open(AlertPrinter.follow(session, output));
            report.begin(told.telemetry(), cluster.bootstrapServers());
            shutdown.open(report.stopping());
            session.awaitEnd();
        }
        return ExitStatus.OK.code();
    }

    private static String decisions(Policy policy, Topics topics) {
        return switch (policy.mode()) {
            case OBSERVE -> "No decisions are made.";
            case DRY_RUN -> "Decisions by policy " + policy.label() + " are logged, but do not count.";
            case ENFORCE -> "Decisions by policy " + policy.label() + " are on " + topics.decisions() + ".";
        };
    }

    static PortChoice portChoice(Optional<Integer> port) {
        port.filter(number -> number < 1 || number > MOST_PORT).ifPresent(number -> {
            throw new UserException("--port is a number from 1 to 65535, not " + number + ".", ExitStatus.USAGE);
        });
        return port.map(PortChoice::exactly).orElseGet(() -> PortChoice.preferably(DEFAULT_PORT));
    }
}
