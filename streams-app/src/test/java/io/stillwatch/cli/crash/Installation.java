package io.stillwatch.cli.crash;

import io.stillwatch.broker.BrokerOptions;
import io.stillwatch.broker.EmbeddedBroker;
import io.stillwatch.broker.PortChoice;
import io.stillwatch.replay.Backlog;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.Pipeline;
import io.stillwatch.topology.PipelineException;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.PipelineTopology;
import io.stillwatch.topology.reset.ApplicationReset;
import io.stillwatch.topology.state.RocksDbMemory;
import io.stillwatch.topology.topics.TopicProvisioner;
import io.stillwatch.topology.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A pipeline in this process, with the same traffic as others, on a broker that can be stopped and started again. */
final class Installation implements AutoCloseable {
    private final Path directory;
    private final String prefix;
    private final Traffic traffic;
    private final Map<String, Object> properties = new HashMap<>();
    private EmbeddedBroker broker;
    private Pipeline pipeline;
    private int partitions;
    private int fed;

    /** Starts a broker in an empty directory and makes the topics. */
    Installation(Path directory, int partitions, Traffic traffic) {
        this.directory = directory;
        this.prefix = "stillwatch.";
        this.traffic = traffic;
        this.partitions = partitions;
        properties.put("commit.interval.ms", 200);
        broker = EmbeddedBroker.start(new BrokerOptions(directory.resolve("broker"), PortChoice.any()));
        makeTopics();
    }

    private void makeTopics() {
        try (Admin admin = admin()) {
            new TopicProvisioner(admin).createMissing(topics().all(), Optional.empty());
        }
    }

    Topics topics() {
        return Topics.of(prefix, partitions, Topics.RequestsKept.ALL);
    }

    String applicationId() {
        return "stillwatch";
    }

    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /** Sets a property of Kafka Streams for the next start. */
    void set(String name, Object value) {
        properties.put(name, value);
    }

    /** The number of partitions that the next start is to expect. */
    void expectPartitions(int count) {
        partitions = count;
    }

    /** Where the tasks' directories are. */
    Path state() {
        return directory.resolve("state").resolve(applicationId());
    }

    Pipeline pipeline() {
        return pipeline;
    }

    /**
     * Starts the pipeline and waits until it runs.
     *
     * @throws PipelineException where it does not get that far
     */
    void start() throws InterruptedException {
        makeTopics();
        PipelineOptions options = PipelineOptions.defaults(partitions, "test");
        Map<String, Object> given = new HashMap<>(properties);
        given.put("bootstrap.servers", broker.bootstrapServers());
        given.put("application.id", applicationId());
        given.put("state.dir", directory.resolve("state").toString());
        given.put("topic.message.timestamp.after.max.ms", Long.MAX_VALUE);
        given.put("topic.message.timestamp.before.max.ms", Long.MAX_VALUE);
        given.put("producer.buffer.memory", 2L * Topics.MAX_RECORD_BYTES);
        given.putAll(RocksDbMemory.streamsProperties(options.rocksDbBytes()));
        pipeline = Pipeline.start(
                PipelineTopology.build(
                        PipelineTopology.Start.REQUESTS,
                        options,
                        topics(),
                        SignatureSet.bundled(),
                        new SerdeFactory(WireFormat.singleObject())),
                topics(),
                given,
                2);
        try {
            if (!pipeline.awaitRunning(Duration.ofMinutes(2))) {
                throw new AssertionError("The pipeline does not start.");
            }
        } catch (RuntimeException | Error failed) {
            stop();
            throw failed;
        }
    }

    /** Stops the pipeline as a signal to the process does. */
    void stop() {
        if (pipeline != null) {
            pipeline.close();
            pipeline = null;
        }
    }

    /** Takes Kafka away. */
    void stopBroker() {
        broker.close();
    }

    /** Brings the same Kafka back, at the same address. */
    void startBroker() {
        broker =
                EmbeddedBroker.start(new BrokerOptions(directory.resolve("broker"), PortChoice.exactly(broker.port())));
    }

    /** Writes the traffic up to a fraction of it, from where the last call ended. */
    void feed(double fraction) throws Exception {
        int to = (int) (traffic.size() * fraction);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> record : traffic.records(topics().requests(), fed, to)) {
                sent.add(producer.send(record));
            }
            for (Future<RecordMetadata> record : sent) {
                record.get();
            }
        }
        fed = to;
    }

    /** Waits until everything fed has been processed and committed. */
    void awaitCommitted() throws Exception {
        try (Admin admin = admin()) {
            Backlog backlog = new Backlog(admin, applicationId(), topics(), partitions, true);
            Await.until("all is processed", () -> {
                pipeline.throwFailure();
                return backlog.records() == 0;
            });
        }
    }

    /** Feeds up to a fraction, starts, waits until all is processed, and stops. */
    void run(double fraction) throws Exception {
        feed(fraction);
        start();
        awaitCommitted();
        stop();
    }

    /** Makes the state of the accounts anew, as {@code stillwatch reset} does. */
    void rebuild() {
        Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = admin()) {
            ApplicationReset reset = ApplicationReset.of(admin, topics(), applicationId(), directory.resolve("state"));
            reset.rebuild(
                    PipelineOptions.defaults(reset.partitions(), "test"),
                    SignatureSet.bundled(),
                    new SerdeFactory(WireFormat.singleObject()),
                    client,
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", Topics.MAX_RECORD_BYTES),
                    sentence -> {});
        }
    }

    Outcome outcome() {
        return Outcome.read(broker.bootstrapServers(), topics());
    }

    @Override
    public void close() {
        stop();
        broker.close();
    }
}
