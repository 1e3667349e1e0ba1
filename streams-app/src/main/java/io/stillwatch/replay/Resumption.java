package io.stillwatch.replay;

import io.stillwatch.schema.RequestEvent;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.RequestHeaders;
import io.stillwatch.topology.topics.TopicEnds;
import io.stillwatch.topology.topics.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 * each partition the topic holds the beginning of what the log has for it, and its last records are where that ends. A log
 * in which those do not follow each other, and begin no earlier than the log, is another one, of which nothing is skipped:
 * an event too many is noticed by its id, one too few is not.
 *
 * <p>First {@link #look} at all events of the log, then ask {@link #alreadySent} of each, in the same order. Not thread-safe.
 */
public final class Resumption {
    /** Records from the end of a partition by which a place in a log is known again. */
    private static final int RECORDS_LOOKED_AT = 200;

    /** An event as its record shows it without being decoded. */
    record Identity(String account, long timeMs, String id) {
        static Identity of(RequestEvent event) {
            return new Identity(event.getAccountId(), event.getEventTime(), RequestHeaders.id(event));
        }
    }

    private final int partitions;

    /** By partition, in their order. */
    private final Map<Integer, List<Identity>> lastSent;

    /** The same of the log, up to where it was looked at. */
    private final Map<Integer, Deque<Identity>> lastLooked = new HashMap<>();

    /** By partition: the number of the event in the log that was sent last; counted from 1. */
    private final Map<Integer, Long> stoppedAt = new HashMap<>();

    private long looked;
    private long asked;
    private long skipped;

    Resumption(int partitions, Map<Integer, List<Identity>> lastSent) {
        this.partitions = partitions;
        this.lastSent = lastSent;
    }

    /** Reads the end of the requests topic. */
    public static Resumption of(String requestsTopic, Map<String, Object> clientProperties) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        Map<Integer, List<Identity>> last = new HashMap<>();
        int count;
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(requestsTopic).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            count = partitions.size();
            consumer.assign(partitions);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            TopicEnds ends = TopicEnds.of(consumer, partitions);
            partitions.forEach(partition -> consumer.seek(
                    partition,
                    Math.max(begins.getOrDefault(partition, 0L), ends.offset(partition) - RECORDS_LOOKED_AT)));
            while (!ends.reachedBy(consumer)) {
                consumer.poll(Duration.ofMillis(100))
                        .forEach(record -> identity(record)
                                .ifPresent(identity -> last.computeIfAbsent(
                                                record.partition(), partition -> new ArrayList<>())
                                        .add(identity)));
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
        List<Identity> sent = lastSent.get(partition);
        if (sent == null || stoppedAt.containsKey(partition)) {
            return;
        }
        Identity identity = Identity.of(event);
        Deque<Identity> recent = lastLooked.computeIfAbsent(partition, none -> new ArrayDeque<>());
        recent.addLast(identity);
        if (recent.size() > sent.size()) {
            recent.removeFirst();
        }
        if (identity.equals(sent.get(sent.size() - 1))
                && List.copyOf(recent).equals(sent.subList(sent.size() - recent.size(), sent.size()))) {
            stoppedAt.put(partition, looked);
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
