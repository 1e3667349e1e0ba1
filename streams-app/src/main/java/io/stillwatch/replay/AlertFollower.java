package io.stillwatch.replay;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.TopicEnds;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the alerts topic. May be closed by another thread than the one that reads. */
public final class AlertFollower implements AutoCloseable {
    /** The order of alerts wherever they are listed: event time, then entity, alert and step. */
    public static final Comparator<Alert> ORDER = Comparator.comparingLong(Alert::getTime)
            .thenComparing(Alert::getEntityId)
            .thenComparing(Alert::getAlertId)
            .thenComparingLong(Alert::getSequence);

    private final KafkaConsumer<String, Alert> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final List<Alert> steps = new ArrayList<>();
    private final Consumer<Alert> onStep;
    private final Map<String, Object> properties;
    private final Predicate<Alert> keeps;
    private boolean closed;

    /**
     * Connects with Kafka client properties.
     *
     * @param history whether to begin at the topic's beginning and keep what is read; else only what comes from now on is
     *     read, and nothing is kept
     * @param onStep is told of every step as it is read
     */
    public AlertFollower(
            Topics topics,
            SerdeFactory serdes,
            Map<String, Object> clientProperties,
            boolean history,
            Consumer<Alert> onStep) {
        this(topics, serdes, clientProperties, history, step -> history, onStep);
    }

    private AlertFollower(
            Topics topics,
            SerdeFactory serdes,
            Map<String, Object> clientProperties,
            boolean history,
            Predicate<Alert> keeps,
            Consumer<Alert> onStep) {
        this.onStep = onStep;
        this.keeps = keeps;
        properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(
                properties, new StringDeserializer(), serdes.serde(Alert.class).deserializer());
        for (PartitionInfo partition : consumer.partitionsFor(topics.alerts())) {
            partitions.add(new TopicPartition(partition.topic(), partition.partition()));
        }
        consumer.assign(partitions);
        if (history) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
    }

    /** Reads from the topic's beginning and keeps only what is wanted, however much else there is. */
    static AlertFollower of(
            Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties, Predicate<Alert> wanted) {
        return new AlertFollower(topics, serdes, clientProperties, true, wanted, step -> {});
    }

    /** Reads from the topic's beginning and keeps nothing, so memory does not grow with it. */
    public static AlertFollower each(
            Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties, Consumer<Alert> onStep) {
        return new AlertFollower(topics, serdes, clientProperties, true, step -> false, onStep);
    }

    /** Takes in what has arrived; nothing once closed. */
    public synchronized void poll(Duration atMost) {
        if (closed) {
            return;
        }
        for (ConsumerRecord<String, Alert> record : consumer.poll(atMost)) {
            if (keeps.test(record.value())) {
                steps.add(record.value());
            }
            onStep.accept(record.value());
        }
    }

    /**
     * Takes in everything that was written before the call, also where its transaction's end is still on its way to some
     * of the partitions.
     */
    public void catchUp() {
        TopicEnds ends = ends();
        while (!reached(ends)) {
            poll(Duration.ofMillis(100));
        }
    }

    private TopicEnds ends() {
        Map<String, Object> uncommitted = new HashMap<>(properties);
        uncommitted.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
        try (KafkaConsumer<byte[], byte[]> any =
                new KafkaConsumer<>(uncommitted, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return TopicEnds.of(any, partitions);
        }
    }

    private synchronized boolean reached(TopicEnds ends) {
        return closed || ends.reachedBy(consumer);
    }

    /** All steps kept so far, in {@link #ORDER}. */
    public synchronized List<Alert> steps() {
        return steps.stream().sorted(ORDER).toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        consumer.close();
    }
}
