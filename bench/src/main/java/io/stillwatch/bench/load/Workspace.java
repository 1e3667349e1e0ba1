package io.stillwatch.bench.load;

import io.stillwatch.broker.BrokerOptions;
import io.stillwatch.broker.EmbeddedBroker;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.topology.topics.TopicProvisioner;
import io.stillwatch.topology.topics.TopicSpec;
import io.stillwatch.topology.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/** An embedded Kafka in a directory of its own, with the pipeline's topics; all of it is gone after {@link #close}. */
public final class Workspace implements AutoCloseable {
    private static final long KEPT_BYTES = 512L << 20;
    private static final long SEGMENT_BYTES = 64L << 20;
    private static final int GROUP_TRIES = 120;
    private static final Duration GROUP_WAIT = Duration.ofMillis(500);

    private final Path directory;
    private final EmbeddedBroker broker;
    private final Admin admin;
    private final Topics topics;
    private final int partitions;
    private boolean closed;

    private Workspace(Path directory, EmbeddedBroker broker, int partitions) {
        this.directory = directory;
        this.broker = broker;
        this.partitions = partitions;
        this.topics = Topics.of("bench.", partitions, Topics.RequestsKept.ALL);
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /** How much of what passes through stays on disk. */
    public enum Kept {
        /** Everything. */
        ALL,

        /** Of requests, fingerprints and links about the newest half a gibibyte a partition. */
        NEWEST
    }

    /**
     * Starts a Kafka below the system's directory for temporary files and creates the topics.
     *
     * @param partitions of each topic
     */
    public static Workspace open(int partitions, Kept kept) {
        try {
            Path directory = Files.createTempDirectory("stillwatch-bench");
            EmbeddedBroker broker =
                    EmbeddedBroker.start(new BrokerOptions(directory.resolve("data"), PortChoice.any()));
            Workspace workspace = new Workspace(directory, broker, partitions);
            // Ctrl-C must not leave gigabytes behind either.
            Runtime.getRuntime().addShutdownHook(new Thread(workspace::close, "workspace-close"));
            workspace.createMissingTopics(kept);
            return workspace;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Where the Kafka listens. */
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    /** The pipeline's topics. */
    public Topics topics() {
        return topics;
    }

    /** A client of the Kafka, closed with the workspace. */
    public Admin admin() {
        return admin;
    }

    /** For a producer or a consumer. */
    public Map<String, Object> clientProperties() {
        return Map.of("bootstrap.servers", bootstrapServers());
    }

    /** A directory for the state stores of an application. */
    public Path stateDirectory(String applicationId) {
        return directory.resolve("state").resolve(applicationId);
    }

    /** What the program's own commands set for Kafka Streams. */
    public Map<String, Object> streamsProperties(String applicationId) {
        return streamsProperties(bootstrapServers(), applicationId, stateDirectory(applicationId));
    }

    /** What the program's own commands set for Kafka Streams, on a Kafka somewhere. */
    public static Map<String, Object> streamsProperties(
            String bootstrapServers, String applicationId, Path stateDirectory) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", bootstrapServers);
        properties.put("application.id", applicationId);
        properties.put("state.dir", stateDirectory.toString());
        properties.put("producer.buffer.memory", 2L * Topics.MAX_RECORD_BYTES);
        properties.put("topic.message.timestamp.after.max.ms", Long.MAX_VALUE);
        properties.put("topic.message.timestamp.before.max.ms", Long.MAX_VALUE);
        return properties;
    }

    /** Creates a topic beside the pipeline's, with as many partitions. */
    public void createTopic(String name) throws InterruptedException {
        await(() -> admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get());
    }

    /**
     * Takes away what an application has left: its own topics, its offsets, its state, and the records of the topics it
     * wrote to. Those topics stay, as one that is deleted and made again under the same name is for a while neither; so do
     * the profiles and campaigns, which cannot be cut because they are compacted.
     *
     * @param outputs topics beside the pipeline's that it wrote to
     */
    public void clear(String applicationId, List<String> outputs) throws InterruptedException {
        List<String> own = await(() -> admin.listTopics().names().get()).stream()
                .filter(name -> name.startsWith(applicationId + "-"))
                .toList();
        await(() -> admin.deleteTopics(own).all().get());
        deleteGroup(applicationId);
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        List<String> written =
                concat(List.of(topics.fingerprints(), topics.links(), topics.alerts(), topics.alertsOcsf()), outputs);
        await(() -> admin.describeTopics(written).allTopicNames().get())
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition -> all.put(
                                new TopicPartition(topic, partition.partition()), RecordsToDelete.beforeOffset(-1))));
        await(() -> admin.deleteRecords(all).all().get());
        delete(stateDirectory(applicationId));
    }

    /** On a busy machine the coordinator may see members for a while after they have left. */
    private void deleteGroup(String group) throws InterruptedException {
        for (int tries = 1; ; tries++) {
            try {
                await(() -> admin.deleteConsumerGroups(List.of(group)).all().get());
                return;
            } catch (KafkaException failed) {
                if (!(failed.getCause() instanceof GroupNotEmptyException) || tries == GROUP_TRIES) {
                    throw failed;
                }
                Thread.sleep(GROUP_WAIT.toMillis());
            }
        }
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private void createMissingTopics(Kept kept) {
        Set<String> bulky = Set.of(topics.requests(), topics.fingerprints(), topics.links());
        List<TopicSpec> specs = topics.all().stream()
                .map(spec -> kept == Kept.NEWEST && bulky.contains(spec.name()) ? bounded(spec) : spec)
                .toList();
        new TopicProvisioner(admin).createMissing(specs, Optional.empty());
    }

    private static TopicSpec bounded(TopicSpec spec) {
        Map<String, String> configs = new HashMap<>(spec.configs());
        configs.put("retention.bytes", Long.toString(KEPT_BYTES));
        configs.put("segment.bytes", Long.toString(SEGMENT_BYTES));
        return new TopicSpec(spec.name(), spec.key(), spec.value(), spec.partitions(), configs, spec.purpose());
    }

    /** Kafka's log on disk. */
    public Path logDirectory() {
        return directory.resolve("data");
    }

    @FunctionalInterface
    private interface Call<T> {
        T run() throws ExecutionException, InterruptedException;
    }

    private static <T> T await(Call<T> call) throws InterruptedException {
        try {
            return call.run();
        } catch (ExecutionException failed) {
            throw new KafkaException(failed.getCause());
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        admin.close();
        broker.close();
        delete(directory);
    }

    private static void delete(Path root) {
        if (Files.notExists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException broken) {
            System.err.println("left behind: " + root + " (" + broken.getMessage() + ")");
        }
    }
}
