package io.stillwatch.cli.crash;

import io.stillwatch.broker.EmbeddedBroker;
import io.stillwatch.replay.Backlog;
import io.stillwatch.topology.topics.TopicProvisioner;
import io.stillwatch.topology.topics.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Topics of their own on the broker, the same traffic, and whatever instances work on it. */
final class Case implements AutoCloseable {
    private static final int PARTITIONS = 4;

    private final EmbeddedBroker broker;
    private final Program program;
    private final String name;
    private final Topics topics;
    private final Traffic traffic;
    private final Path directory;
    private final Map<String, String> properties = new TreeMap<>();
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Instance> instances = new ArrayList<>();
    private int fed;

    Case(EmbeddedBroker broker, Program program, String name, Traffic traffic, Path directory) throws Exception {
        this.broker = broker;
        this.program = program;
        this.name = name;
        this.topics = Topics.of(name + ".", PARTITIONS, Topics.RequestsKept.ALL);
        this.traffic = traffic;
        this.directory = directory;
        // Several commits between two kills, so that there is always something to go on from and something to undo.
        properties.put("commit.interval.ms", "200");
        // What a killed process leaves behind is given up after these, and waited for until then.
        properties.put("consumer.session.timeout.ms", "6000");
        properties.put("producer.transaction.timeout.ms", "5000");
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        new TopicProvisioner(admin).createMissing(topics.all(), Optional.empty());
        // A partition whose leader does not serve yet may refuse a producer's first batch and take its second, and then
        // never the first (KAFKA-15591).
        ends(topics.requests(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** Writes the traffic up to a fraction of it, from where the last call ended. */
    void feed(double fraction) throws Exception {
        int to = (int) (traffic.size() * fraction);
        List<ProducerRecord<byte[], byte[]>> records = traffic.records(topics.requests(), fed, to);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            sent.add(producer.send(record));
        }
        for (Future<RecordMetadata> record : sent) {
            record.get();
        }
        fed = to;
    }

    /** Where an instance keeps its state. */
    Path dataDirectory(String instance) {
        return directory.resolve(name + "-" + instance);
    }

    /** Starts an instance that the group takes for a new one. */
    Instance start(String instance) throws IOException {
        return start(instance, Map.of());
    }

    /** Starts an instance that takes the place of the one of the same name, which need not be given up first. */
    Instance restart(String instance) throws IOException {
        return start(instance, Map.of("consumer.group.instance.id", instance));
    }

    private Instance start(String instance, Map<String, String> more) throws IOException {
        Map<String, String> settings = new TreeMap<>(properties);
        settings.put("client.id", instance);
        settings.putAll(more);
        Instance started =
                Instance.start(program, broker.bootstrapServers(), topics.prefix(), dataDirectory(instance), settings);
        instances.add(started);
        return started;
    }

    /** Waits until everything fed has been processed and committed. */
    void awaitCommitted(Instance worker) throws Exception {
        Backlog backlog = new Backlog(admin, name, topics, PARTITIONS, true);
        Await.until("all is processed", () -> {
            worker.requireAlive();
            return backlog.records() == 0;
        });
    }

    /** Waits until that many instances share the partitions. */
    void awaitSharedBy(int count) throws Exception {
        Await.until("the instances share the partitions", () -> {
            if (admin.listGroups(ListGroupsOptions.forConsumerGroups()).all().get().stream()
                    .noneMatch(group -> group.groupId().equals(name))) {
                return false;
            }
            ConsumerGroupDescription group =
                    admin.describeConsumerGroups(List.of(name)).all().get().get(name);
            return group.groupState() == GroupState.STABLE
                    && group.members().stream()
                                    .filter(member -> !member.assignment()
                                            .topicPartitions()
                                            .isEmpty())
                                    .map(member -> member.clientId().replaceAll("-StreamThread-.*", ""))
                                    .distinct()
                                    .count()
                            == count;
        });
    }

    /** Whether some instance has written what it has not committed. */
    boolean hasOpenTransaction() throws Exception {
        return !ends(topics.fingerprints(), IsolationLevel.READ_COMMITTED)
                .equals(ends(topics.fingerprints(), IsolationLevel.READ_UNCOMMITTED));
    }

    private List<Long> ends(String topic, IsolationLevel isolation) throws Exception {
        ListOffsetsResult ends = admin.listOffsets(
                IntStream.range(0, PARTITIONS)
                        .mapToObj(partition -> new TopicPartition(topic, partition))
                        .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest())),
                new ListOffsetsOptions(isolation));
        List<Long> offsets = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            offsets.add(ends.partitionResult(new TopicPartition(topic, partition))
                    .get()
                    .offset());
        }
        return offsets;
    }

    /** A watch on what the instances write. */
    Watch watch() {
        return new Watch(broker.bootstrapServers(), topics);
    }

    Topics topics() {
        return topics;
    }

    /** Everything committed to a topic. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        return new Outcome.Reader(broker.bootstrapServers()).records(topic);
    }

    /** What everything written so far says, once it is committed or taken back. */
    Outcome outcome() {
        return Outcome.read(broker.bootstrapServers(), topics);
    }

    @Override
    public void close() {
        for (Instance instance : instances) {
            instance.close();
        }
        producer.close();
        admin.close();
    }
}
