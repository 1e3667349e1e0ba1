package io.stillwatch.cli.check;

import io.stillwatch.cli.ErrorSentences;
import io.stillwatch.cli.Stillwatch;
import io.stillwatch.runtime.Connection;
import io.stillwatch.runtime.ExitStatus;
import io.stillwatch.runtime.KafkaSettings;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.runtime.UserException;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** Whether everything around the pipeline is as it must be. */
@Command(
        name = "doctor",
        header = "Check Java, memory, disk, Kafka, topics and lag, and say what to do.",
        description = "Each check is one line: ok, warn or FAIL. Ends with exit status 1 where one fails.",
        footerHeading = "%nExamples:%n",
        footer = {"  stillwatch doctor", "  stillwatch doctor --bootstrap-servers kafka:9092 --config client.properties"
        })
public final class DoctorCommand implements Callable<Integer> {
    @ParentCommand
    private Stillwatch stillwatch;

    @Override
    public Integer call() {
        KafkaSettings settings = stillwatch.settings();
        List<Checkup> checkups = new ArrayList<>();
        checkups.add(HostChecks.java(Runtime.version()));
        checkups.add(HostChecks.memory(Runtime.getRuntime().maxMemory()));
        checkups.add(HostChecks.files());
        checkups.add(HostChecks.disk(settings.dataDirectory()));
        checkups.add(HostChecks.data(settings.dataDirectory()));
        checkups.forEach(checkup -> stillwatch.output().line(checkup.line()));
        List<Checkup> cluster = cluster(settings);
        cluster.forEach(checkup -> stillwatch.output().line(checkup.line()));
        checkups.addAll(cluster);
        boolean failed = checkups.stream().anyMatch(checkup -> checkup.outcome() == Checkup.Outcome.FAIL);
        return (failed ? ExitStatus.FAILURE : ExitStatus.OK).code();
    }

    private static List<Checkup> cluster(KafkaSettings settings) {
        Optional<Connection> running = Connection.find(settings);
        if (running.isEmpty()) {
            return List.of(Checkup.ok("broker", "the embedded Kafka is not running; 'stillwatch run' starts it"));
        }
        List<Checkup> checkups = new ArrayList<>();
        try {
            running.get().clusterId();
            try (Admin admin = running.get().admin()) {
                ClusterChecks checks = new ClusterChecks(admin);
                checkups.add(checks.broker(running.get().bootstrapServers()));
                checkups.addAll(checks.topics(Topics.of(settings.prefix(), 1, Topics.RequestsKept.NEWEST)
                        .all()));
                checkups.add(checks.lag(settings.applicationId()));
                TrafficChecks traffic = new TrafficChecks(
                        settings.topics(),
                        new SerdeFactory(PipelineSession.wireFormat(settings)),
                        running.get().clientProperties(Map.of()));
                checkups.addAll(traffic.all(admin));
            }
        } catch (UserException | KafkaException failed) {
            checkups.add(Checkup.fail("broker", ErrorSentences.sentence(failed)));
        } catch (ExecutionException failed) {
            checkups.add(Checkup.fail(
                    "broker", ErrorSentences.sentence(failed.getCause() == null ? failed : failed.getCause())));
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
        return checkups;
    }
}
