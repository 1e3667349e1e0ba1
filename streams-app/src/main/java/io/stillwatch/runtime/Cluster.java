package io.stillwatch.runtime;

import io.stillwatch.broker.BrokerOptions;
import io.stillwatch.broker.DataDirectory;
import io.stillwatch.broker.EmbeddedBroker;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.topology.topics.Topics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The Kafka a pipeline runs on, with the data directory for its state stores: the embedded one, started here and stopped
 * on close, or a given cluster that stays as it is.
 */
public final class Cluster implements AutoCloseable {
    private final KafkaSettings settings;
    private final Connection connection;
    private final DataDirectory directory;
    private final String clusterId;
    private final Runnable release;

    private Cluster(
            KafkaSettings settings,
            Connection connection,
            DataDirectory directory,
            String clusterId,
            Runnable release) {
        this.settings = settings;
        this.connection = connection;
        this.directory = directory;
        this.clusterId = clusterId;
        this.release = release;
    }

    /**
     * Takes the data directory and starts or reaches a Kafka.
     *
     * @param port of the embedded Kafka; ignored for a given cluster
     * @param output is told where a preferred port was taken
     * @throws io.stillwatch.broker.BrokerException where the data directory or the port cannot be had
     * @throws UserException where a given cluster cannot be reached
     */
    public static Cluster open(KafkaSettings settings, PortChoice port, Reporter output) {
        return settings.bootstrapServers().isPresent() ? given(settings) : embedded(settings, port, output);
    }

    private static Cluster embedded(KafkaSettings settings, PortChoice port, Reporter output) {
        EmbeddedBroker broker = EmbeddedBroker.start(new BrokerOptions(settings.dataDirectory(), port));
        if (port instanceof PortChoice.Preferably preferred && preferred.port() != broker.port()) {
            output.notice("Port " + preferred.port() + " is taken, so the embedded Kafka listens on "
                    + broker.bootstrapServers() + ".");
        }
        return new Cluster(
                settings,
                Connection.embedded(broker.bootstrapServers(), settings),
                broker.dataDirectory(),
                broker.clusterId(),
                broker::close);
    }

    private static Cluster given(KafkaSettings settings) {
        Connection connection = Connection.require(settings);
        DataDirectory directory = DataDirectory.claim(settings.dataDirectory());
        try {
            String clusterId = connection.clusterId();
            return new Cluster(settings, connection, directory, clusterId, directory::close);
        } catch (RuntimeException | Error failed) {
            directory.close();
            throw failed;
        }
    }

    /** How to talk to this Kafka. */
    public Connection connection() {
        return connection;
    }

    /** Its address. */
    public String bootstrapServers() {
        return connection.bootstrapServers();
    }

    /** Whether it runs in this process. */
    public boolean isEmbedded() {
        return settings.bootstrapServers().isEmpty();
    }

    /** The directory this process has, with room for more than Kafka's files. */
    public Path dataDirectory() {
        return directory.path();
    }

    /**
     * Where state stores belong. Each cluster has its own: a store is a copy of a changelog, and with another cluster's
     * changelog of the same name it would silently be a copy of nothing.
     */
    public Path stateDirectory() {
        return directory.streams().resolve(clusterId);
    }

    /** For an {@link org.apache.kafka.clients.admin.Admin}. */
    public Map<String, Object> adminProperties() {
        return connection.adminProperties();
    }

    /** For a consumer. */
    public Map<String, Object> clientProperties() {
        return connection.clientProperties(Map.of());
    }

    /** For a producer. */
    public Map<String, Object> producerProperties() {
        return connection.producerProperties();
    }

    /**
     * For Kafka Streams: where, under which name, with room for the largest record, and with internal topics that take
     * any event time as ours do; the rest is the topology's.
     */
    public Map<String, Object> streamsProperties() {
        Map<String, Object> defaults = new HashMap<>();
        defaults.put("producer.max.request.size", Topics.MAX_RECORD_BYTES);
        defaults.put("producer.buffer.memory", 2L * Topics.MAX_RECORD_BYTES);
        defaults.put("topic.message.timestamp.after.max.ms", Long.MAX_VALUE);
        defaults.put("topic.message.timestamp.before.max.ms", Long.MAX_VALUE);
        Map<String, Object> properties = connection.clientProperties(defaults);
        properties.put("application.id", settings.applicationId());
        properties.put("state.dir", stateDirectory().toString());
        return properties;
    }

    /** Stops the embedded Kafka, or leaves the given one; gives the data directory up either way. */
    @Override
    public void close() {
        release.run();
    }
}
