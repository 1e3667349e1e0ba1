package io.stillwatch.runtime;

import io.stillwatch.topology.topics.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Which Kafka to use, how, and under which names.
 *
 * @param bootstrapServers the cluster, as {@code host:port,…}; empty for the embedded Kafka
 * @param clientProperties what every Kafka client gets, such as its credentials; without {@code bootstrap.servers}
 * @param prefix of every topic, and of the application's other names in the cluster
 * @param dataDirectory holds the embedded Kafka's records and the state stores
 * @param registry the schema registry, or empty for messages that carry their schema's fingerprint
 */
public record KafkaSettings(
        Optional<String> bootstrapServers,
        Map<String, String> clientProperties,
        String prefix,
        Path dataDirectory,
        Optional<URI> registry) {
    private static final String DEFAULT_APPLICATION_ID = "stillwatch";

    public KafkaSettings {
        clientProperties = Map.copyOf(clientProperties);
    }

    /**
     * The consumer group and the prefix of internal topics and transactional ids: the topic prefix without the
     * separator it ends in, so that one access rule by prefix covers everything.
     */
    public String applicationId() {
        String id = prefix.replaceAll("[._-]+$", "");
        return id.isEmpty() ? DEFAULT_APPLICATION_ID : id;
    }

    /** The same settings under another prefix, as a replay needs that must not mix with live traffic. */
    public KafkaSettings withPrefix(String other) {
        return new KafkaSettings(bootstrapServers, clientProperties, other, dataDirectory, registry);
    }

    /** The same settings with data in another directory, as a demonstration needs that leaves nothing behind. */
    public KafkaSettings withDataDirectory(Path other) {
        return new KafkaSettings(bootstrapServers, clientProperties, prefix, other, registry);
    }

    /** The catalogue of a pipeline on live traffic under this prefix. */
    public Topics topics() {
        return Topics.live(prefix);
    }
}
