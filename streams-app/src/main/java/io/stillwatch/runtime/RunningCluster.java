package io.stillwatch.runtime;

import io.stillwatch.broker.PortChoice;
import io.stillwatch.topology.topics.TopicProvisioner;
import io.stillwatch.topology.topics.Topics;
import java.util.Optional;
import java.util.function.Function;
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
