package io.stillwatch.cli.alerts;

import io.stillwatch.cli.Stillwatch;
import io.stillwatch.cli.campaigns.CampaignsCommand;
import io.stillwatch.cli.check.ClusterChecks;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.AlertFollower;
import io.stillwatch.replay.CampaignReader;
import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.replay.TriageReader;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.RunningCluster;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.control.TriagePublisher;
import io.stillwatch.topology.topics.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.errors.InterruptException;

/** What the commands for alerts and for the allowlist share: where to read and where to write what analysts do. */
public final class TriageDesk {
    private final Stillwatch stillwatch;

    /** The desk of a command, with its settings and its output. */
    public TriageDesk(Stillwatch stillwatch) {
        this.stillwatch = stillwatch;
    }

    /** See {@link Stillwatch#meantPipeline}. */
    String meantPipeline() {
        return stillwatch.meantPipeline();
    }

    TerminalOutput output() {
        return stillwatch.output();
    }

    Topics topics() {
        return stillwatch.settings().topics();
    }

    SerdeFactory serdes() {
        return new SerdeFactory(PipelineSession.wireFormat(stillwatch.settings()));
    }

    /** On the cluster given, the embedded Kafka that runs, or one started for as long as it takes. */
    <T> T onCluster(Function<Connection, T> work) {
        return stillwatch.onCluster(work);
    }

    TriageReader reader(Connection connection) {
        return new TriageReader(topics(), serdes(), connection.clientProperties(Map.of()));
    }

    /** All alerts as they stand. */
    public KnownAlerts alerts(Connection connection) {
        KnownAlerts known = new KnownAlerts();
        try (AlertFollower follower = follow(connection, known::take)) {
            follower.catchUp();
        }
        return known;
    }

    /** The members of all campaigns as they stand; says so where records of them cannot be read. */
    List<CampaignMember> members(Connection connection) {
        CampaignReader.Members members =
                CampaignReader.members(topics(), serdes(), connection.clientProperties(Map.of()));
        CampaignsCommand.noticeUnreadable(members.unreadable(), topics(), output());
        return members.readable();
    }

    /** A reader of all steps from the first, and of those to come; the caller's to close. */
    AlertFollower follow(Connection connection, Consumer<Alert> onStep) {
        return AlertFollower.each(
                topics(),
                serdes(),
                connection.clientProperties(Map.of(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)),
                onStep);
    }

    /** A publisher to the topics, which are made where they are missing; the caller's to close. */
    public TriagePublisher publisher(Connection connection) {
        Topics topics = topics();
        RunningCluster.ensure(connection, topics, topics.triage());
        RunningCluster.ensure(connection, topics, topics.allowlist());
        return new TriagePublisher(topics, serdes(), connection.producerProperties());
    }

    /** Whether a pipeline runs that takes orders. */
    boolean pipelineRuns(Connection connection) {
        try (Admin admin = connection.admin()) {
            return new ClusterChecks(admin).isRunning(stillwatch.settings().applicationId());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException explained ? explained : new IllegalStateException(e);
        }
    }

    /**
     * Who does it: who is named, or else the user.
     *
     * @throws UserException where neither is known
     */
    public String by(Optional<String> named) {
        return named.filter(name -> !name.isBlank())
                .or(stillwatch::user)
                .orElseThrow(() -> new UserException(
                        "The environment does not tell who you are; say so with --by NAME.", ExitStatus.USAGE));
    }
}
