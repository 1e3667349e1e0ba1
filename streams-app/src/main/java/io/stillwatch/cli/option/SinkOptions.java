package io.stillwatch.cli.option;

import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.metrics.Meters;
import io.stillwatch.runtime.BuildInfo;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.runtime.ShutdownSequence;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.sink.AlertFormat;
import io.stillwatch.sink.AlertSink;
import io.stillwatch.sink.Backoff;
import io.stillwatch.sink.SinkCounts;
import io.stillwatch.sink.SyslogTarget;
import io.stillwatch.sink.Target;
import io.stillwatch.sink.WebhookSignature;
import io.stillwatch.sink.WebhookTarget;
import io.stillwatch.text.Reason;
import io.stillwatch.topology.topics.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where alerts are sent beside their topics. */
public final class SinkOptions {
    /** Between addresses, but not at a comma within one. */
    private static final String BETWEEN_ADDRESSES = "\\s*,\\s*(?=[a-zA-Z]+://)";

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            split = BETWEEN_ADDRESSES,
            splitSynopsisLabel = ",",
            description = "Post alerts to this address, signed with --webhook-secret-file. Repeatable.")
    private List<String> webhooks = new ArrayList<>();

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "FILE",
            description = "Secrets that webhooks are signed with, by the Standard Webhooks specification: one a line,"
                    + " whsec_ and base64.")
    private Optional<Path> secretFile = Optional.empty();

    @Option(
            names = "--webhook-format",
            paramLabel = "FORMAT",
            defaultValue = "ocsf",
            description = "Body of a webhook: ocsf, json or cef (default: ${DEFAULT-VALUE}).")
    private String format;

    @Option(
            names = "--webhook-insecure",
            description = "Let webhooks leave this machine by plain http, and without a signature.")
    private boolean insecure;

    @Option(
            names = "--syslog",
            paramLabel = "URL",
            split = BETWEEN_ADDRESSES,
            splitSynopsisLabel = ",",
            description = "Send alerts as CEF to this syslog receiver: udp://HOST:PORT, tcp://HOST:PORT or"
                    + " tls://HOST:PORT. Repeatable.")
    private List<String> syslogs = new ArrayList<>();

    @Option(
            names = "--sink-attempts",
            paramLabel = "N",
            defaultValue = "" + Backoff.DEFAULT_ATTEMPTS,
            description = "How often an alert is tried before it goes to the dead letters (default:"
                    + " ${DEFAULT-VALUE}, some twenty minutes).")
    private int attempts;

    /**
     * Where to send alerts to.
     *
     * @throws UserException where an address or a secret cannot be used
     */
    public List<Target> targets() {
        if (attempts < 1) {
            throw new UserException("--sink-attempts is at least 1, not " + attempts + ".", ExitStatus.USAGE);
        }
        List<Target> targets = new ArrayList<>();
        try {
            AlertFormat body = AlertFormat.named(format);
            Optional<WebhookSignature> signature = secretFile.map(WebhookSignature::ofFile);
            if (!webhooks.isEmpty() && signature.isEmpty() && !insecure) {
                throw new UserException(
                        "A webhook is signed, so that nobody else can send alerts to its receiver; give"
                                + " --webhook-secret-file, or --webhook-insecure to go without.",
                        ExitStatus.USAGE);
            }
            for (String address : webhooks) {
                targets.add(WebhookTarget.of(address, insecure, signature, body, BuildInfo.version()));
            }
            for (String address : syslogs) {
                targets.add(SyslogTarget.of(address, BuildInfo.version()));
            }
        } catch (IllegalArgumentException unusable) {
            throw new UserException(Reason.of(unusable), ExitStatus.USAGE, unusable);
        }
        return targets;
    }

    /** Starts a sink for each target, before the pipeline can raise an alert. */
    public void start(
            List<Target> targets,
            KafkaSettings settings,
            Cluster cluster,
            Topics topics,
            Optional<Meters> meters,
            ShutdownSequence shutdown,
            TerminalOutput output) {
        if (targets.isEmpty()) {
            return;
        }
        RunningCluster.ensure(cluster.connection(), topics, topics.alerts());
        RunningCluster.ensure(cluster.connection(), topics, topics.deadLetters());
        SerdeFactory serdes = new SerdeFactory(PipelineSession.wireFormat(settings));
        for (Target target : targets) {
            AlertSink sink = shutdown.open(AlertSink.start(
                    target,
                    attempts,
                    topics,
                    serdes,
                    settings.applicationId(),
                    cluster.clientProperties(),
                    cluster.producerProperties(),
                    output::notice));
            SinkCounts counts = sink.counts();
            meters.ifPresent(
                    told -> told.sink(target.id(), counts::delivered, counts::failedAttempts, counts::givenUp));
            output.notice("Alerts go to the " + target.description() + ".");
        }
    }
}
