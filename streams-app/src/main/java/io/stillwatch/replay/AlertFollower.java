package io.stillwatch.replay;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the alerts topic from its beginning and keeps what it read. Not thread-safe. */
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

    /**
     * Connects with Kafka client properties.
     *
     * @param onStep is told of every step as it is read
     */
    public AlertFollower(
            Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties, Consumer<Alert> onStep) {
        this.onStep = onStep;
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        consumer = new KafkaConsumer<>(
                properties, new StringDeserializer(), serdes.serde(Alert.class).deserializer());
        for (PartitionInfo partition : consumer.partitionsFor(topics.alerts())) {
            partitions.add(new TopicPartition(partition.topic(), partition.partition()));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Takes in what has arrived. */
    public void poll(Duration atMost) {
        for (ConsumerRecord<String, Alert> record : consumer.poll(atMost)) {
            steps.add(record.value());
            onStep.accept(record.value());
        }
    }

    /** Takes in everything that was committed before the call. */
    public void catchUp() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            poll(Duration.ofMillis(100));
        }
    }

    /** All steps read so far, in {@link #ORDER}. */
    public List<Alert> steps() {
        return steps.stream().sorted(ORDER).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
