package io.stillwatch.runtime;

import io.stillwatch.broker.PortChoice;
import io.stillwatch.topology.topics.TopicProvisioner;
import io.stillwatch.topology.topics.TopicSpec;
import io.stillwatch.topology.topics.Topics;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;

/** The Kafka that commands beside a pipeline talk to. */
public final class RunningCluster {
    private RunningCluster() {}

    /** On the cluster given, the embedded Kafka that runs, or one started for as long as it takes. */
    public static <T> T use(KafkaSettings settings, Reporter output, Function<Connection, T> work) {
        Optional<Connection> running = Connection.find(settings);
        if (running.isPresent()) {
            running.get().clusterId();
            return work.apply(running.get());
        }
        try (Cluster cluster = Cluster.open(settings, PortChoice.any(), output)) {
            return work.apply(cluster.connection());
        }
    }

    /**
     * Makes sure that there is anything to list: that nothing was found where nothing looked is no good news.
     *
     * @throws UserException where none of the topics is there
     */
    public static void requirePipeline(Connection connection, Topics topics) {
        Set<String> wanted = topics.all().stream().map(TopicSpec::name).collect(Collectors.toSet());
        try (Admin admin = connection.admin()) {
            if (Collections.disjoint(admin.listTopics().names().get(), wanted)) {
                throw new UserException(
                        "No pipeline has run here yet with topics " + topics.prefix()
                                + "*, so there is nothing to show: start one with 'stillwatch run', or name the one you mean"
                                + " with --bootstrap-servers, --prefix or --data-dir.",
                        ExitStatus.FAILURE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UserException("Interrupted.", ExitStatus.FAILURE, e);
        } catch (ExecutionException e) {
            throw new UserException(
                    "The topics cannot be listed; check that the connection may describe the cluster.",
                    ExitStatus.FAILURE,
                    e);
        }
    }

    /** Makes a topic of the catalogue where it is missing. */
    public static void ensure(Connection connection, Topics topics, String topic) {
        try (Admin admin = connection.admin()) {
            new TopicProvisioner(admin)
                    .createMissing(
                            topics.all().stream()
                                    .filter(spec -> spec.name().equals(topic))
                                    .toList(),
                            Optional.empty());
        }
    }
}
