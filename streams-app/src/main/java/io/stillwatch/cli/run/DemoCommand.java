package io.stillwatch.cli.run;

import io.stillwatch.baseline.Reference;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.campaigns.CampaignsCommand;
import io.stillwatch.cli.option.Choices;
import io.stillwatch.cli.option.HttpOption;
import io.stillwatch.cli.option.PolicyOption;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.option.TuningOptions;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.decision.DecisionRules;
import io.stillwatch.decision.Policy;
import io.stillwatch.ingest.Ingested;
import io.stillwatch.ingest.Position;
import io.stillwatch.replay.DecisionReader;
import io.stillwatch.replay.SetAside;
import io.stillwatch.runtime.Accounting;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.Feed;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.TemporaryDirectory;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.simulate.SimulationPlan;
import io.stillwatch.simulate.Simulator;
import io.stillwatch.text.Figures;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** A simulated week at high speed through a real Kafka, and what was found in it. */
@Command(
        name = "demo",
        header = "Show the pipeline at work: a simulated week through a real Kafka, at high speed.",
        description = {
            "Starts an embedded Kafka in a temporary directory, streams the traffic of several hundred made-up"
                    + " accounts through the pipeline, prints each alert as it opens, and closes with the truth: who was"
                    + " caught, and who was flagged wrongly. Exit status 0 when four in five hostile accounts were and"
                    + " no more than one honest one in fifty.",
            "With --until now the week ends now, and unless --policy names other rules those that ship are enforced,"
                    + " each for eight days: decisions count, and gateways can be tried on them."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch demo",
            "  stillwatch demo --keep-running",
            "  stillwatch demo --until now --keep-running --http 127.0.0.1:8085",
            "  stillwatch demo --seed 7"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration DECISIONS_LAST = Duration.ofDays(8);
    private static final Duration SETTLE = Duration.ofMillis(200);

    @ParentCommand
    private Stillwatch stillwatch;

    @Mixin
    private ReferenceOptions reference;

    @Mixin
    private TuningOptions tuning;

    @Option(names = "--seed", paramLabel = "N", description = "Another seed for the made-up traffic.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--plan",
            completionCandidates = Choices.OfPlan.class,
            paramLabel = "PLAN",
            defaultValue = "demo",
            description = "Another plan, by name or YAML file (default: ${DEFAULT-VALUE}).")
    private String plan;

    @Mixin
    private UntilOption until;

    @Mixin
    private PolicyOption policy;

    @Mixin
    private HttpOption http;

    @Option(names = "--keep-running", description = "Leave Kafka and the pipeline up at the end, until Ctrl-C.")
    private boolean keepRunning;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port of the embedded Kafka with --keep-running (default: " + RunCommand.DEFAULT_PORT
                    + ", or a free one where it is taken).")
    private Optional<Integer> port = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        TerminalOutput output = stillwatch.output();
        SimulationPlan chosen = SimulateCommand.plan(plan);
        Simulator simulator =
                until.applyTo(new Simulator(seed.map(chosen::withSeed).orElse(chosen)));
        DecisionRules rules = rules();
        SignatureSet library = SignatureSet.bundled();
        Reference known = reference.load();
        KafkaSettings settings = stillwatch.settings();
        PortChoice choice = keepRunning || port.isPresent() ? RunCommand.portChoice(port) : PortChoice.any();
        try (ShutdownSequence shutdown = ShutdownSequence.onExit(output)) {
            if (stillwatch.dataDirectoryAskedFor().isEmpty()) {
                settings = settings.withDataDirectory(
                        shutdown.open(TemporaryDirectory.create("demo")).path());
            }
            Topics topics = Topics.of(settings.prefix(), Topics.DEFAULT_PARTITIONS, Topics.RequestsKept.ALL);
            output.notice("Starting Kafka and the pipeline …");
            Optional<PipelineHttp> gateway = PipelineHttp.open(http, rules.policy(), Optional.empty(), shutdown);
            Cluster cluster = shutdown.open(Cluster.open(settings, choice, output));
            PipelineSession session =
                    PipelineSession.start(settings, cluster, topics, library, known, rules, tuning::applyTo, shutdown);
            gateway.ifPresent(opened -> opened.connect(session));
            output.notice(String.format(
                    Locale.ROOT,
                    "A simulated week of %,d requests by %,d accounts goes through %d signatures on %s.",
                    simulator.size(),
                    chosen.accounts(),
                    library.signatures().size(),
                    cluster.bootstrapServers()));
            DemoScore score = play(simulator, session, output);
            score.print(output);
            boolean enforced = rules.policy().mode() == Policy.Mode.ENFORCE;
            if (enforced) {
                while (session.undecided() > 0) {
                    Thread.sleep(SETTLE.toMillis());
                }
                decided(settings, cluster, topics, output);
            }
            if (keepRunning) {
                gateway.ifPresent(opened -> opened.tell(output));
                output.notice("Kafka stays up on " + cluster.bootstrapServers() + ": read " + topics.alertsOcsf()
                        + " or any other topic, or see 'stillwatch " + (enforced ? "decisions" : "alerts")
                        + " list --bootstrap-servers " + cluster.bootstrapServers() + "'. Stop with Ctrl-C.");
                session.awaitEnd();
            }
            return (score.isAsUsual() ? ExitStatus.OK : ExitStatus.FAILURE).code();
        }
    }

    /**
     * Made-up accounts may be blocked, so where the time allows it the rules that ship count. Alerts of the week's first days
     * are to be tried, too, so a decision lasts longer than the week.
     */
    private DecisionRules rules() {
        DecisionRules given = policy.rules();
        return policy.isGiven() || !until.isGiven()
                ? given
                : new DecisionRules(
                        given.policy().in(Policy.Mode.ENFORCE).lasting("demo", DECISIONS_LAST), given.key());
    }

    private static void decided(KafkaSettings settings, Cluster cluster, Topics topics, TerminalOutput output) {
        long nowMs = System.currentTimeMillis();
        Map<DecisionAction, Long> inForce = DecisionReader.read(
                        topics,
                        new SerdeFactory(PipelineSession.wireFormat(settings)),
                        cluster.connection().clientProperties(Map.of()),
                        account -> true)
                .byAccount()
                .values()
                .stream()
                .filter(decision -> decision.getValidUntil() == null || nowMs < decision.getValidUntil())
                .collect(Collectors.groupingBy(Decision::getAction, TreeMap::new, Collectors.counting()));
        output.prose(
                inForce.isEmpty()
                        ? "No decision counts now: what was decided has lapsed."
                        : "In force now: "
                                + inForce.entrySet().stream()
                                        .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + " for "
                                                + Figures.counted(entry.getValue(), "account"))
                                        .collect(Collectors.joining(", "))
                                + ".");
    }

    private static DemoScore play(Simulator simulator, PipelineSession session, TerminalOutput output)
            throws InterruptedException {
        DemoScore score = new DemoScore(simulator.truth());
        SetAside setAside = session.setAside();
        Accounting accounting = new Accounting(session);
        long sent;
        try (DemoBoard board = new DemoBoard(simulator.size(), session, output, score)) {
            board.start();
            Feed feed = new Feed(session.feeder(), output);
            Iterator<RequestEvent> events = simulator.events();
            long number = 0;
            while (events.hasNext()) {
                RequestEvent event = events.next();
                feed.take("simulation", new Ingested.Accepted(event, Position.record("simulation", ++number)));
                board.sent(number, event);
            }
            feed.finish(true);
            sent = feed.sent();
            while (session.waiting() > 0) {
                Thread.sleep(SETTLE.toMillis());
            }
            board.finish();
            score.takeMembers(CampaignsCommand.members(session, output));
        }
        accounting
                .await(sent)
                .filter(fate -> fate.counted() < sent)
                .ifPresent(fate -> output.notice(String.format(Locale.ROOT, "Of %,d events %s.", sent, fate.words())));
        SetAside.Tally tally = setAside.tally();
        tally.firstCause()
                .ifPresent(cause -> output.error(
                        tally.records() + " events are in the dead-letters topic; the first because: " + cause));
        return score;
    }
}
