package io.stillwatch.cli.run;

import io.stillwatch.baseline.Reference;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.option.ReferenceOptions;
import io.stillwatch.cli.option.SignatureOption;
import io.stillwatch.cli.option.TuningOptions;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.runtime.BuildInfo;
import io.stillwatch.runtime.Cluster;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.reset.ApplicationReset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Takes the pipeline's state away, or makes it anew. */
@Command(
        name = "reset",
        header = "Take the pipeline's state away, or make it anew from topics.",
        description = {
            "With --rebuild-from fingerprints the state of the accounts is made anew for the partitions that the requests"
                    + " topic has now: profiles from the topic fingerprints, alerts as they were published. Then the"
                    + " pipeline goes on where it was. Give the options of signatures and tuning that it runs with.",
            "Without, everything is forgotten: requests that are still kept are read again from the first, and alerts"
                    + " that have been published open again as step 0 under their old ids.",
            "All instances must be stopped. No topic but the pipeline's own changelogs is touched. Local state of other"
                    + " machines is built again by itself."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  stillwatch reset --rebuild-from fingerprints --dry-run",
            "  stillwatch reset --rebuild-from fingerprints --yes",
            "  stillwatch reset --yes --bootstrap-servers kafka:9092"
        })
public final class ResetCommand implements Callable<Integer> {
    private static final String FINGERPRINTS = "fingerprints";

    @ParentCommand
    private Stillwatch stillwatch;

    @Mixin
    private SignatureOption signatures;

    @Mixin
    private ReferenceOptions reference;

    @Mixin
    private TuningOptions tuning;

    @Option(
            names = "--rebuild-from",
            paramLabel = "TOPIC",
            description = "Make the state of the accounts anew from a topic; the one that can be is: fingerprints.")
    private Optional<String> source = Optional.empty();

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do it.")
    private boolean yes;

    @Override
    public Integer call() {
        source.filter(topic -> !topic.equals(FINGERPRINTS)).ifPresent(other -> {
            throw new UserException(
                    "State cannot be made from '" + other + "'; the topic that it can be made from is: " + FINGERPRINTS
                            + ".",
                    ExitStatus.USAGE);
        });
        KafkaSettings settings = stillwatch.settings();
        TerminalOutput output = stillwatch.output();
        SignatureSet library = signatures.load();
        Reference known = reference.load();
        try (Cluster cluster = Cluster.open(settings, PortChoice.any(), output);
                Admin admin = cluster.connection().admin()) {
            ApplicationReset reset =
                    ApplicationReset.of(admin, settings.topics(), settings.applicationId(), cluster.stateDirectory());
            if (reset.isRunning()) {
                throw new UserException(
                        "Instances of " + settings.applicationId() + " run; stop all of them first.",
                        ExitStatus.FAILURE);
            }
            plan(reset, settings).forEach(output::line);
            if (dryRun) {
                return ExitStatus.OK.code();
            }
            if (!yes) {
                throw new UserException("Nothing was done; give --yes to do it.", ExitStatus.USAGE);
            }
            if (source.isPresent()) {
                rebuild(reset, cluster, settings, library, known, output);
            } else {
                reset.forget();
                output.line("Everything is forgotten; start the pipeline with: stillwatch run");
            }
        }
        return ExitStatus.OK.code();
    }

    private List<String> plan(ApplicationReset reset, KafkaSettings settings) {
        List<String> plan = new ArrayList<>();
        reset.localState().ifPresent(path -> plan.add("delete " + path));
        reset.changelogs().stream()
                .filter(name -> source.isEmpty() || name.contains("-accounts-") || name.contains("-panes-"))
                .forEach(name -> plan.add("delete topic " + name));
        if (source.isPresent()) {
            plan.add("make the state of the accounts for " + reset.partitions() + " partitions from the topics "
                    + settings.topics().fingerprints() + " and "
                    + settings.topics().alerts());
            plan.add("lost: panes of requests whose fingerprints are not kept, counts of lost records, and orders of"
                    + " analysts given while the pipeline was stopped");
        } else {
            plan.add("delete consumer group " + settings.applicationId());
            plan.add(
                    "lost: all that is known of accounts; kept requests are read again, and alerts open again as step 0"
                            + " under their old ids");
        }
        return plan;
    }

    private void rebuild(
            ApplicationReset reset,
            Cluster cluster,
            KafkaSettings settings,
            SignatureSet library,
            Reference known,
            TerminalOutput output) {
        if (reset.partitions() == 0) {
            throw new UserException(
                    "There is no topic " + settings.topics().requests() + ", so there is no state to make; start with:"
                            + " stillwatch run",
                    ExitStatus.FAILURE);
        }
        PipelineOptions options = tuning.applyTo(PipelineOptions.defaults(reset.partitions(), BuildInfo.version())
                .withReference(known));
        long count = reset.rebuild(
                options,
                library,
                new SerdeFactory(PipelineSession.wireFormat(settings)),
                cluster.clientProperties(),
                cluster.producerProperties(),
                output::detail);
        output.line(String.format(
                Locale.ROOT,
                "The state of the accounts is made from %,d fingerprints, for %d partitions; start the pipeline with:"
                        + " stillwatch run",
                count,
                reset.partitions()));
    }
}
