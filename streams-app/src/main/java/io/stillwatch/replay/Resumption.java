package io.stillwatch.replay;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.topology.CloudEventHeaders;
import io.stillwatch.topology.RequestHeaders;
import io.stillwatch.topology.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Where an earlier feed of the same log stopped, so that what it had sent is not sent again: repeated after hours, events
 * would be late for accounts whose time has gone on, and findings would say that they saw a part of their window only.
 *
 * <p>The requests topic itself says it, so that it is true also after the process was killed: a log is fed in order, so of
 * each partition the topic holds the beginning of what the log has for it, and its last record is where that ends. A log in
 * which that record is not found is another one, of which nothing is skipped. Where a log holds the record more than once
 * the first is taken: an event too many is noticed by its id, one too few is not.
 *
 * <p>First {@link #look} at all events of the log, then ask {@link #alreadySent} of each, in the same order. Not thread-safe.
 */
public final class Resumption {
    /** Records looked at from the end of a partition: what is no event of a log lies between them, if at all, by ones. */
    private static final int RECORDS_LOOKED_AT = 200;

    /** An event as its record shows it without being decoded. */
    private record Identity(String account, long timeMs, String id) {
        static Identity of(RequestEvent event) {
            return new Identity(event.getAccountId(), event.getEventTime(), RequestHeaders.id(event));
        }
    }

    private final int partitions;
    private final Map<Integer, Identity> lastSent;

    /** By partition: the number of the event in the log that was sent last; counted from 1. */
    private final Map<Integer, Long> stoppedAt = new HashMap<>();

    private long looked;
    private long asked;
    private long skipped;

    private Resumption(int partitions, Map<Integer, Identity> lastSent) {
        this.partitions = partitions;
        this.lastSent = lastSent;
    }

    /** Reads the end of the requests topic. */
    public static Resumption of(String requestsTopic, Map<String, Object> clientProperties) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        Map<Integer, Identity> last = new HashMap<>();
        int count;
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(requestsTopic).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            count = partitions.size();
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            partitions.forEach(partition ->
                    consumer.seek(partition, Math.max(begins.get(partition), ends.get(partition) - RECORDS_LOOKED_AT)));
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record ->
                                identity(record).ifPresent(identity -> last.put(record.partition(), identity)));
            }
        }
        return new Resumption(count, last);
    }

    private static Optional<Identity> identity(ConsumerRecord<String, byte[]> record) {
        Header id = record.headers().lastHeader(CloudEventHeaders.ID);
        return record.key() == null || id == null || id.value() == null
                ? Optional.empty()
                : Optional.of(
                        new Identity(record.key(), record.timestamp(), new String(id.value(), StandardCharsets.UTF_8)));
    }

    /** Whether anything has ever been sent. */
    public boolean mayHaveBegun() {
        return !lastSent.isEmpty();
    }

    /** Takes notice of the log's next event. */
    public void look(RequestEvent event) {
        looked++;
        int partition = Topics.partitionOf(event.getAccountId(), partitions);
        if (Identity.of(event).equals(lastSent.get(partition))) {
            stoppedAt.putIfAbsent(partition, looked);
        }
    }

    /** Whether the log's next event is in the topic already. */
    public boolean alreadySent(RequestEvent event) {
        asked++;
        long stopped = stoppedAt.getOrDefault(Topics.partitionOf(event.getAccountId(), partitions), 0L);
        skipped += asked <= stopped ? 1 : 0;
        return asked <= stopped;
    }

    /** Events of the log that were in the topic already. */
    public long skipped() {
        return skipped;
    }
}
