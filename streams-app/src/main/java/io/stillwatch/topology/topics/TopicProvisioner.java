package io.stillwatch.topology.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;

/**
 * Brings a cluster's topics to what the catalogue asks for, and says where they differ. It never changes or deletes a
 * topic that exists: those settings are somebody's decision.
 *
 * <p>Every method throws {@link KafkaException} where the cluster refuses or does not answer.
 */
public final class TopicProvisioner {
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(30);
    private static final long POLL_MS = 50;

    private final Admin admin;

    /** Works through a client that remains the caller's to close. */
    public TopicProvisioner(Admin admin) {
        this.admin = admin;
    }

    /**
     * Creates the topics that are missing and waits until the cluster shows them.
     *
     * @param replicas copies of each partition, or empty for the cluster's default
     * @return the names of those that were missing
     */
    public List<String> createMissing(List<TopicSpec> specs, Optional<Short> replicas) {
        List<TopicSpec> missing = inspect(specs).stream()
                .filter(state -> state.actual().isEmpty())
                .map(TopicState::spec)
                .toList();
        List<String> created = new ArrayList<>();
        admin.createTopics(missing.stream()
                        .map(spec -> new NewTopic(spec.name(), Optional.of(spec.partitions()), replicas)
                                .configs(spec.configs()))
                        .toList())
                .values()
                .forEach((name, result) -> {
                    if (createdByUs(result)) {
                        created.add(name);
                    }
                });
        awaitVisible(missing);
        return created.stream().sorted().toList();
    }

    /** What the cluster has for each topic of the catalogue, in the catalogue's order. */
    public List<TopicState> inspect(List<TopicSpec> specs) {
        Map<String, TopicDescription> descriptions = describe(specs);
        Map<ConfigResource, Config> configs = get(admin.describeConfigs(descriptions.keySet().stream()
                        .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                        .toList())
                .all());
        return specs.stream()
                .map(spec -> new TopicState(
                        spec,
                        Optional.ofNullable(descriptions.get(spec.name()))
                                .map(description -> actual(
                                        description,
                                        configs.getOrDefault(
                                                new ConfigResource(ConfigResource.Type.TOPIC, spec.name()),
                                                new Config(List.of()))))))
                .toList();
    }

    private static boolean createdByUs(KafkaFuture<Void> result) {
        try {
            get(result);
            return true;
        } catch (TopicExistsException somebodyWasFaster) {
            return false;
        }
    }

    /** A created topic is not yet known to every broker, and Kafka Streams refuses to start on one that is not. */
    private void awaitVisible(List<TopicSpec> specs) {
        Timer timer = Time.SYSTEM.timer(VISIBLE_WITHIN);
        while (describe(specs).size() < specs.size()) {
            if (timer.isExpired()) {
                throw new TimeoutException("The cluster did not show the topics it had created.");
            }
            timer.sleep(POLL_MS);
        }
        awaitLeaders(specs);
    }

    /** A leader that does not serve yet can refuse a producer's first records and take its next ones (KAFKA-15591). */
    private void awaitLeaders(List<TopicSpec> specs) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        describe(specs)
                .forEach((name, description) -> description
                        .partitions()
                        .forEach(partition ->
                                ends.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        get(admin.listOffsets(ends).all());
    }

    private Map<String, TopicDescription> describe(List<TopicSpec> specs) {
        Map<String, TopicDescription> found = new HashMap<>();
        find(admin, specs.stream().map(TopicSpec::name).toList())
                .forEach((name, description) -> description.ifPresent(known -> found.put(name, known)));
        return found;
    }

    /** Topics by name, whether they are there or not. */
    public static Map<String, Optional<TopicDescription>> find(Admin admin, List<String> names) {
        Map<String, Optional<TopicDescription>> found = new HashMap<>();
        admin.describeTopics(names).topicNameValues().forEach((name, result) -> {
            try {
                found.put(name, Optional.of(get(result)));
            } catch (UnknownTopicOrPartitionException absent) {
                found.put(name, Optional.empty());
            }
        });
        return found;
    }

    /** One topic, if there is one of that name. */
    public static Optional<TopicDescription> find(Admin admin, String name) {
        return find(admin, List.of(name)).getOrDefault(name, Optional.empty());
    }

    private static TopicState.Actual actual(TopicDescription description, Config config) {
        Map<String, String> settings = new HashMap<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.value() != null) {
                settings.put(entry.name(), entry.value());
            }
        }
        return new TopicState.Actual(
                description.partitions().size(),
                description.partitions().get(0).replicas().size(),
                settings);
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException explained
                    ? explained
                    : new KafkaException(failed.getCause());
        }
    }
}
