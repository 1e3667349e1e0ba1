package io.stillwatch.runtime;

import io.stillwatch.baseline.Reference;
import io.stillwatch.decision.DecisionRules;
import io.stillwatch.ingest.IngestOptions;
import io.stillwatch.intake.KafkaIntake;
import io.stillwatch.metrics.PipelineMeters;
import io.stillwatch.replay.AlertFollower;
import io.stillwatch.replay.Backlog;
import io.stillwatch.replay.CampaignReader;
import io.stillwatch.replay.Feeder;
import io.stillwatch.replay.FingerprintReader;
import io.stillwatch.replay.LossReader;
import io.stillwatch.replay.LossTotals;
import io.stillwatch.replay.Resumption;
import io.stillwatch.replay.SetAside;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.text.Printable;
import io.stillwatch.topology.Pipeline;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.PipelineTopology;
import io.stillwatch.topology.decision.LiveDecisions;
import io.stillwatch.topology.intake.IntakeTopology;
import io.stillwatch.topology.intake.SourceTopic;
import io.stillwatch.topology.state.RocksDbMemory;
import io.stillwatch.topology.topics.TopicProvisioner;
import io.stillwatch.topology.topics.TopicSpec;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;

/**
 * A pipeline running on a Kafka, with what is needed to feed it and to read its alerts. Everything opened is closed with
 * the shutdown sequence, also when the process is told to stop.
 */
public final class PipelineSession {
    private static final Duration START_WITHIN = Duration.ofMinutes(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final int INTAKE_COMMIT_MS = 500;

    private final String applicationId;
    private final Admin admin;
    private final Cluster cluster;
    private final Topics topics;
    private final SerdeFactory serdes;
    private final ShutdownSequence shutdown;
    private final Pipeline pipeline;
    private final Backlog backlog;
    private Optional<Pipeline> intake = Optional.empty();

    private PipelineSession(
            String applicationId,
            Admin admin,
            Cluster cluster,
            Topics topics,
            SerdeFactory serdes,
            ShutdownSequence shutdown,
            Pipeline pipeline,
            Backlog backlog) {
        this.applicationId = applicationId;
        this.admin = admin;
        this.cluster = cluster;
        this.topics = topics;
        this.serdes = serdes;
        this.shutdown = shutdown;
        this.pipeline = pipeline;
        this.backlog = backlog;
    }

    /** Starts a pipeline that makes no decisions: see the other one. */
    public static PipelineSession start(
            KafkaSettings settings,
            Cluster cluster,
            Topics topics,
            SignatureSet signatures,
            Reference reference,
            UnaryOperator<PipelineOptions> tuning,
            ShutdownSequence shutdown)
            throws InterruptedException {
        return start(settings, cluster, topics, signatures, reference, DecisionRules.observing(), tuning, shutdown);
    }

    /** Starts a pipeline that tells nobody of itself: see the other one. */
    public static PipelineSession start(
            KafkaSettings settings,
            Cluster cluster,
            Topics topics,
            SignatureSet signatures,
            Reference reference,
            DecisionRules rules,
            UnaryOperator<PipelineOptions> tuning,
            ShutdownSequence shutdown)
            throws InterruptedException {
        return start(settings, cluster, topics, signatures, reference, rules, tuning, Optional.empty(), shutdown);
    }

    /**
     * Creates the topics that are missing and starts the pipeline.
     *
     * @param telemetry is told of it while it starts and runs
     * @throws UserException when it does not get going
     */
    public static PipelineSession start(
            KafkaSettings settings,
            Cluster cluster,
            Topics topics,
            SignatureSet signatures,
            Reference reference,
            DecisionRules rules,
            UnaryOperator<PipelineOptions> tuning,
            Optional<Telemetry> telemetry,
            ShutdownSequence shutdown)
            throws InterruptedException {
        Admin admin = shutdown.open(cluster.connection().admin());
        TopicProvisioner provisioner = new TopicProvisioner(admin);
        provisioner.createMissing(topics.all(), Optional.empty());
        int partitions = partitionsOf(provisioner, topics);
        SerdeFactory serdes = new SerdeFactory(wireFormat(settings));
        PipelineOptions options = tuning.apply(PipelineOptions.defaults(partitions, BuildInfo.version())
                .withReference(reference)
                .withPolicy(rules));
        Map<String, Object> properties = new HashMap<>(cluster.streamsProperties());
        properties.putAll(RocksDbMemory.streamsProperties(options.rocksDbBytes()));
        telemetry.ifPresent(told -> properties.put(PipelineMeters.CONFIG, told.pipelineMeters()));
        int threads = Math.max(1, Math.min(partitions, Runtime.getRuntime().availableProcessors()));
        Pipeline pipeline = shutdown.open(Pipeline.start(
                PipelineTopology.build(PipelineTopology.Start.REQUESTS, options, topics, signatures, serdes),
                topics,
                properties,
                threads));
        telemetry.ifPresent(told -> {
            told.watch(pipeline, options);
            shutdown.open(told);
        });
        if (!pipeline.awaitRunning(START_WITHIN)) {
            throw new UserException(
                    "The pipeline did not start within " + START_WITHIN.toMinutes()
                            + " minutes; run 'stillwatch doctor' to see what is wrong with the cluster.",
                    ExitStatus.FAILURE);
        }
        Backlog backlog = new Backlog(admin, settings.applicationId(), topics, partitions, options.campaigns());
        PipelineSession session = new PipelineSession(
                settings.applicationId(), admin, cluster, topics, serdes, shutdown, pipeline, backlog);
        telemetry.ifPresent(told -> told.open(session));
        return session;
    }

    private static int partitionsOf(TopicProvisioner provisioner, Topics topics) {
        List<TopicSpec> requests = topics.all().stream()
                .filter(spec -> spec.name().equals(topics.requests()))
                .toList();
        return provisioner
                .inspect(requests)
                .get(0)
                .actual()
                .orElseThrow(() -> new UserException(
                        "The topic " + topics.requests() + " could not be created; run 'stillwatch doctor'.",
                        ExitStatus.FAILURE))
                .partitions();
    }

    /**
     * Takes in what others write, beside the pipeline: topics as they are, and what {@link #intake()} is given.
     *
     * @param sources topics of others
     * @param joining how requests that come in pieces are put together
     * @throws UserException where a topic does not exist, or it does not get going
     */
    public void takeIn(List<SourceTopic> sources, IngestOptions joining) throws InterruptedException {
        requireSources(sources);
        Map<String, Object> properties = new HashMap<>(cluster.streamsProperties());
        properties.put("application.id", applicationId + IntakeTopology.APPLICATION_SUFFIX);
        properties.put("commit.interval.ms", INTAKE_COMMIT_MS);
        Pipeline started = shutdown.open(Pipeline.start(
                IntakeTopology.build(sources, joining, topics, serdes),
                topics,
                properties,
                Math.max(1, Math.min(sources.size() + 1, Runtime.getRuntime().availableProcessors()))));
        if (!started.awaitRunning(START_WITHIN)) {
            throw new UserException(
                    "The intake did not start within " + START_WITHIN.toMinutes()
                            + " minutes; run 'stillwatch doctor' to see what is wrong with the cluster.",
                    ExitStatus.FAILURE);
        }
        intake = Optional.of(started);
    }

    private void requireSources(List<SourceTopic> sources) {
        List<String> names = sources.stream().map(SourceTopic::name).toList();
        for (String own : names) {
            if (topics.all().stream().anyMatch(spec -> spec.name().equals(own))) {
                throw new UserException(
                        "The topic " + own + " is one of Stillwatch's own; --source is for those that others write.",
                        ExitStatus.USAGE);
            }
        }
        TopicProvisioner.find(admin, names).forEach((name, found) -> {
            if (found.isEmpty()) {
                throw new UserException(
                        "There is no topic " + Printable.escape(name) + " on " + cluster.bootstrapServers()
                                + "; create it or mend the name of --source.",
                        ExitStatus.FAILURE);
            }
        });
    }

    /** Where what comes over HTTP goes, closed with the session. */
    public KafkaIntake intake() {
        return shutdown.open(new KafkaIntake(topics, serdes, cluster.producerProperties()));
    }

    /** How messages are written with these settings. */
    public static WireFormat wireFormat(KafkaSettings settings) {
        return settings.registry()
                .map(url -> WireFormat.registry(url.toString(), Map.of()))
                .orElseGet(WireFormat::singleObject);
    }

    /** The topics that the pipeline reads and writes. */
    public Topics topics() {
        return topics;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /** What was decided about accounts. */
    LiveDecisions decisions() {
        return pipeline.decisions(serdes);
    }

    /** The Kafka that the pipeline runs on. */
    public Cluster cluster() {
        return cluster;
    }

    /** A feeder of this pipeline, closed with the session. */
    public Feeder feeder() {
        return shutdown.open(new Feeder(topics, serdes, cluster.producerProperties()));
    }

    /** Where an earlier feed of this pipeline stopped. */
    public Resumption resumption() {
        return Resumption.of(topics.requests(), cluster.clientProperties());
    }

    /** A reader of all alerts of this pipeline, closed with the session. */
    public AlertFollower allAlerts(Consumer<Alert> onStep) {
        return shutdown.open(new AlertFollower(topics, serdes, cluster.clientProperties(), true, onStep));
    }

    /**
     * Deletes what has lain on topics for long enough from now on, until the session ends.
     *
     * @param kept by topic, how long its records stay
     */
    public void keep(Map<String, Duration> kept) {
        if (!kept.isEmpty()) {
            shutdown.open(Retention.start(admin, applicationId, kept, cluster.dataDirectory()));
        }
    }

    /** A reader of all alerts that keeps none of them; the caller's to close. */
    AlertFollower eachAlert(Consumer<Alert> onStep) {
        return AlertFollower.each(topics, serdes, cluster.clientProperties(), onStep);
    }

    /** A reader of the alerts that come from now on, closed with the session. */
    public AlertFollower newAlerts(Consumer<Alert> onStep) {
        return shutdown.open(new AlertFollower(topics, serdes, cluster.clientProperties(), false, onStep));
    }

    /** A count of what the pipeline sets aside from now on, closed with the session. */
    public SetAside setAside() {
        return shutdown.open(new SetAside(topics, cluster.clientProperties()));
    }

    /** What became of all records so far, as the ledger tells. */
    public LossTotals losses() {
        return LossTotals.of(
                LossReader.read(topics, serdes, cluster.clientProperties()).values());
    }

    /** The members of all campaigns as they stand. */
    public CampaignReader.Members members() {
        return CampaignReader.members(topics, serdes, cluster.clientProperties());
    }

    /** What the pipeline kept of the requests. */
    public FingerprintReader fingerprints() {
        return new FingerprintReader(topics, serdes, cluster.clientProperties());
    }

    /** Steps of alerts and members of campaigns that were not decided about yet; count. */
    public long undecided() throws InterruptedException {
        pipeline.throwFailure();
        return backlog.undecided();
    }

    /** Request events that wait to be processed; count. */
    public long waiting() throws InterruptedException {
        pipeline.throwFailure();
        return backlog.records();
    }

    /** Waits until the pipeline fails; returns when it is stopped. */
    public void awaitEnd() throws InterruptedException {
        if (intake.isEmpty()) {
            pipeline.awaitEnd();
            return;
        }
        while (!pipeline.awaitEnd(LOOK_EVERY) && !intake.get().awaitEnd(LOOK_EVERY)) {
            // Neither has ended.
        }
    }
}
