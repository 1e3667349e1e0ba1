package io.stillwatch.sink;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers alerts to one target, in a thread and a consumer group of its own, so that a target that is slow or gone holds
 * up nobody else. Begins where it left off; the first time with the alerts that come from then on. Whatever fails, it
 * says so and begins again; it never stops the process.
 */
public final class AlertSink implements AutoCloseable {
    private static final Duration BEGIN_AGAIN_AFTER = Duration.ofSeconds(10);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    private static final int FETCH_BYTES = 1 << 20;
    private static final int RECORDS = 100;

    private final Target target;
    private final Backoff backoff;
    private final Topics topics;
    private final SerdeFactory serdes;
    private final Map<String, Object> consumerProperties;
    private final Map<String, Object> producerProperties;
    private final Consumer<String> notices;
    private final SinkCounts counts = new SinkCounts();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable KafkaConsumer<byte[], byte[]> consumer;

    private AlertSink(
            Target target,
            Backoff backoff,
            Topics topics,
            SerdeFactory serdes,
            String groupPrefix,
            Map<String, Object> clientProperties,
            Map<String, Object> producerProperties,
            Consumer<String> notices) {
        this.target = target;
        this.backoff = backoff;
        this.topics = topics;
        this.serdes = serdes;
        this.consumerProperties = consumerProperties(clientProperties, groupPrefix + "-sink-" + target.id());
        this.producerProperties = Map.copyOf(producerProperties);
        this.notices = notices;
        this.thread = new Thread(this::run, "stillwatch-sink-" + target.id());
        thread.setDaemon(true);
    }

    /**
     * Marks where the sink begins, if it never ran before, and starts it. The topics must be there.
     *
     * @param attempts how often an alert is tried before it goes to the dead letters
     * @param groupPrefix what the consumer group's name begins with
     * @param notices takes sentences for people
     * @throws KafkaException when the cluster does not answer
     */
    public static AlertSink start(
            Target target,
            int attempts,
            Topics topics,
            SerdeFactory serdes,
            String groupPrefix,
            Map<String, Object> clientProperties,
            Map<String, Object> producerProperties,
            Consumer<String> notices) {
        return start(
                target,
                Backoff.of(attempts),
                topics,
                serdes,
                groupPrefix,
                clientProperties,
                producerProperties,
                notices);
    }

    static AlertSink start(
            Target target,
            Backoff backoff,
            Topics topics,
            SerdeFactory serdes,
            String groupPrefix,
            Map<String, Object> clientProperties,
            Map<String, Object> producerProperties,
            Consumer<String> notices) {
        AlertSink sink = new AlertSink(
                target, backoff, topics, serdes, groupPrefix, clientProperties, producerProperties, notices);
        sink.markBeginning();
        sink.thread.start();
        return sink;
    }

    private static Map<String, Object> consumerProperties(Map<String, Object> clientProperties, String group) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, group);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // A partition that is added later has only alerts that nobody has seen.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS);
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
        return properties;
    }

    /** Before the first alert can come: what opens while a new group forms must not be missed. */
    private void markBeginning() {
        try (KafkaConsumer<byte[], byte[]> beginning = newConsumer()) {
            List<TopicPartition> partitions = beginning.partitionsFor(topics.alerts()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            Map<TopicPartition, OffsetAndMetadata> known = beginning.committed(Set.copyOf(partitions));
            Map<TopicPartition, OffsetAndMetadata> missing = new HashMap<>();
            beginning.endOffsets(partitions).forEach((partition, end) -> {
                if (known.get(partition) == null) {
                    missing.put(partition, new OffsetAndMetadata(end));
                }
            });
            if (!missing.isEmpty()) {
                beginning.assign(partitions);
                beginning.commitSync(missing);
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> newConsumer() {
        return new KafkaConsumer<>(consumerProperties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void run() {
        while (!stopped) {
            try {
                deliver();
            } catch (InterruptedException | InterruptException e) {
                return;
            } catch (RuntimeException e) {
                if (!stopped) {
                    notices.accept("Delivery to the " + target.description() + " was interrupted ("
                            + e.getClass().getSimpleName() + "); it goes on in "
                            + BEGIN_AGAIN_AFTER.toSeconds() + " seconds where it left off.");
                    if (!waitToBeginAgain()) {
                        return;
                    }
                }
            }
        }
    }

    private static boolean waitToBeginAgain() {
        try {
            Thread.sleep(BEGIN_AGAIN_AFTER.toMillis());
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void deliver() throws InterruptedException {
        try (KafkaConsumer<byte[], byte[]> reader = newConsumer();
                KafkaProducer<byte[], byte[]> producer =
                        new KafkaProducer<>(producerProperties, new ByteArraySerializer(), new ByteArraySerializer())) {
            consumer = reader;
            SinkLoop loop = new SinkLoop(
                    reader,
                    serdes.serde(Alert.class).deserializer(),
                    target,
                    backoff,
                    new DeadAlerts(topics.deadLetters(), producer),
                    counts,
                    InstantSource.system(),
                    new Random(),
                    notices,
                    () -> stopped);
            reader.subscribe(List.of(topics.alerts()), loop.listener());
            while (!stopped) {
                loop.turn();
            }
            loop.commit();
        } finally {
            consumer = null;
        }
    }

    /** What it has done so far. */
    public SinkCounts counts() {
        return counts;
    }

    /** Stops after the alert that is on its way, or in the midst of it where that takes long: it is sent again then. */
    @Override
    public void close() {
        stopped = true;
        try {
            thread.join(STOP_WITHIN.toMillis());
            KafkaConsumer<byte[], byte[]> reading = consumer;
            if (thread.isAlive() && reading != null) {
                reading.wakeup();
                target.close();
                thread.interrupt();
                thread.join(STOP_WITHIN.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        target.close();
    }
}
