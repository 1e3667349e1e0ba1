package io.stillwatch.runtime;

import io.stillwatch.broker.DataDirectory;
import io.stillwatch.broker.RunningInstance;
import io.stillwatch.text.Reason;
import io.stillwatch.topology.topics.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * A Kafka that runs already, and how to talk to it.
 *
 * @param bootstrapServers its address
 * @param clientProperties what every client gets beside the address
 */
public record Connection(String bootstrapServers, Map<String, String> clientProperties) {
    private static final int REQUEST_TIMEOUT_MS = 10_000;
    private static final int API_TIMEOUT_MS = 15_000;
    private static final int PRODUCER_BUFFER_BYTES = 2 * Topics.MAX_RECORD_BYTES;

    public Connection {
        clientProperties = Map.copyOf(clientProperties);
    }

    /**
     * The cluster asked for, or the embedded Kafka of another process that has the data directory.
     *
     * @return empty where the embedded Kafka is asked for and does not run
     */
    public static Optional<Connection> find(KafkaSettings settings) {
        if (settings.bootstrapServers().isPresent()) {
            return settings.bootstrapServers().map(servers -> new Connection(servers, settings.clientProperties()));
        }
        return DataDirectory.owner(settings.dataDirectory())
                .flatMap(RunningInstance::bootstrapServers)
                .map(servers -> embedded(servers, settings));
    }

    /** To an embedded Kafka, which wants no credentials: those in the settings are meant for some other cluster. */
    static Connection embedded(String bootstrapServers, KafkaSettings settings) {
        Map<String, String> properties = new TreeMap<>(settings.clientProperties());
        properties
                .keySet()
                .removeIf(name ->
                        name.startsWith("sasl.") || name.startsWith("ssl.") || name.equals("security.protocol"));
        return new Connection(bootstrapServers, properties);
    }

    /**
     * As {@link #find}, for commands that have nothing to do where no Kafka runs.
     *
     * @throws UserException where none runs
     */
    public static Connection require(KafkaSettings settings) {
        return find(settings)
                .orElseThrow(() -> new UserException(
                        "No Kafka runs in " + settings.dataDirectory()
                                + "; start one with 'stillwatch run' or give --bootstrap-servers.",
                        ExitStatus.FAILURE));
    }

    /** For consumers, and for anything else that needs no more than to connect. */
    public Map<String, Object> clientProperties(Map<String, Object> defaults) {
        Map<String, Object> properties = new TreeMap<>(defaults);
        properties.putAll(clientProperties);
        properties.put("bootstrap.servers", bootstrapServers);
        return properties;
    }

    /** For an {@link Admin}: gives up in seconds, because a person waits. */
    public Map<String, Object> adminProperties() {
        return clientProperties(
                Map.of("request.timeout.ms", REQUEST_TIMEOUT_MS, "default.api.timeout.ms", API_TIMEOUT_MS));
    }

    /** For a producer: loses and repeats nothing, and takes the largest record the topics take. */
    public Map<String, Object> producerProperties() {
        return clientProperties(Map.of(
                "acks",
                "all",
                "enable.idempotence",
                true,
                "max.request.size",
                Topics.MAX_RECORD_BYTES,
                "buffer.memory",
                PRODUCER_BUFFER_BYTES));
    }

    /**
     * Asks the cluster for its id, which also shows that it can be reached.
     *
     * @throws UserException where it does not answer
     * @throws org.apache.kafka.common.KafkaException where it answers with an error, as to wrong credentials
     */
    public String clusterId() {
        try (Admin admin = admin()) {
            return admin.describeCluster().clusterId().get();
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TimeoutException) {
                throw unreachable(failed.getCause());
            }
            throw failed.getCause() instanceof RuntimeException explained
                    ? explained
                    : new IllegalStateException(failed.getCause());
        }
    }

    /**
     * An admin client, the caller's to close.
     *
     * @throws UserException where the address makes no sense
     */
    public Admin admin() {
        try {
            return Admin.create(adminProperties());
        } catch (org.apache.kafka.common.KafkaException failed) {
            if (failed.getCause() instanceof ConfigException wrong
                    && Reason.of(wrong).contains("bootstrap.servers")) {
                throw new UserException(
                        "'" + bootstrapServers + "' is no address that can be resolved; give --bootstrap-servers as"
                                + " HOST:PORT[,HOST:PORT…].",
                        ExitStatus.USAGE,
                        failed);
            }
            throw failed;
        }
    }

    private UserException unreachable(Throwable cause) {
        return new UserException(
                "No Kafka answers at " + bootstrapServers
                        + "; check the address, the network and security.protocol, or leave out --bootstrap-servers to"
                        + " use the embedded Kafka.",
                ExitStatus.FAILURE,
                cause);
    }
}
