package io.stillwatch.sink;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.serde.RegistryUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads alerts and delivers them, one after the other and in their order. Offsets are committed after delivery only, so
 * an alert is delivered at least once; one that is given up goes to the dead letters first.
 *
 * <p>While it waits it goes on polling, with its partitions paused, so that it keeps them. When they are taken away it
 * drops what it had begun: whoever has them now begins after the last one delivered.
 */
final class SinkLoop {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration POLL_AT_LEAST_EVERY = Duration.ofSeconds(30);

    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final Deserializer<Alert> deserializer;
    private final Target target;
    private final Backoff backoff;
    private final DeadAlerts deadAlerts;
    private final SinkCounts counts;
    private final InstantSource clock;
    private final RandomGenerator chance;
    private final Consumer<String> notices;
    private final BooleanSupplier stopped;
    private final Map<TopicPartition, OffsetAndMetadata> delivered = new HashMap<>();
    private long polledMs;
    private boolean waiting;
    private boolean rebalanced;
    private boolean failing;

    SinkLoop(
            org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
            Deserializer<Alert> deserializer,
            Target target,
            Backoff backoff,
            DeadAlerts deadAlerts,
            SinkCounts counts,
            InstantSource clock,
            RandomGenerator chance,
            Consumer<String> notices,
            BooleanSupplier stopped) {
        this.consumer = consumer;
        this.deserializer = deserializer;
        this.target = target;
        this.backoff = backoff;
        this.deadAlerts = deadAlerts;
        this.counts = counts;
        this.clock = clock;
        this.chance = chance;
        this.notices = notices;
        this.stopped = stopped;
    }

    /** What the consumer must be subscribed with. */
    ConsumerRebalanceListener listener() {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                commit();
                rebalanced = true;
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                delivered.clear();
                rebalanced = true;
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                if (waiting) {
                    consumer.pause(partitions);
                }
            }
        };
    }

    /** Takes in what has come and delivers it. */
    void turn() throws InterruptedException {
        ConsumerRecords<byte[], byte[]> records = poll(POLL);
        rebalanced = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (clock.millis() - polledMs >= POLL_AT_LEAST_EVERY.toMillis()) {
                pause(Duration.ZERO);
            }
            if (abandoned() || !handle(record)) {
                break;
            }
            delivered.put(
                    new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        }
        commit();
    }

    /** Says how far it has come. */
    void commit() {
        if (!delivered.isEmpty()) {
            consumer.commitSync(Map.copyOf(delivered));
            delivered.clear();
        }
    }

    /** Whether it is settled: delivered, or given up for good. */
    private boolean handle(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
        if (record.value() == null) {
            return true;
        }
        for (int attempt = 1; ; attempt++) {
            DeliveryException failure;
            try {
                target.deliver(
                        deserializer.deserialize(record.topic(), record.headers(), record.value()), clock.instant());
                succeeded();
                return true;
            } catch (SerializationException e) {
                failure = e instanceof RegistryUnavailableException
                                || e.getCause() instanceof RegistryUnavailableException
                        ? DeliveryException.passing("The schema registry does not answer.")
                        : DeliveryException.forGood("The record cannot be read as an alert.");
            } catch (DeliveryException e) {
                failure = e;
            } catch (RuntimeException e) {
                failure = DeliveryException.forGood("The alert cannot be written for the " + target.description() + ": "
                        + e.getClass().getSimpleName() + ".");
            }
            counts.failedAttempt();
            if (failure.isHopeless() || attempt >= backoff.attempts()) {
                giveUp(record, failure, attempt);
                return true;
            }
            failed(failure);
            if (!pause(backoff.after(attempt, failure.waitAsked(), chance))) {
                return false;
            }
        }
    }

    private void succeeded() {
        counts.deliveredOne();
        if (failing) {
            failing = false;
            notices.accept("The " + target.description() + " takes alerts again.");
        }
    }

    private void failed(DeliveryException failure) {
        if (!failing) {
            failing = true;
            notices.accept(failure.getMessage() + " Alerts for it wait and are tried again.");
        }
    }

    private void giveUp(ConsumerRecord<byte[], byte[]> record, DeliveryException failure, int attempts) {
        deadAlerts.send(record, target, failure);
        counts.gaveUp();
        notices.accept(failure.getMessage() + " An alert is given up after " + attempts
                + (attempts == 1 ? " attempt" : " attempts") + " and is among the dead letters.");
    }

    /** Lets time pass; false when the rest of what was polled is no more this loop's to deliver. */
    private boolean pause(Duration time) {
        long untilMs = clock.millis() + time.toMillis();
        commit();
        waiting = true;
        consumer.pause(consumer.assignment());
        try {
            do {
                Duration left = Duration.ofMillis(Math.max(0, untilMs - clock.millis()));
                poll(left.compareTo(POLL) < 0 ? left : POLL);
            } while (clock.millis() < untilMs && !abandoned());
        } finally {
            waiting = false;
            consumer.resume(consumer.assignment());
        }
        return !abandoned();
    }

    private boolean abandoned() {
        return stopped.getAsBoolean() || rebalanced;
    }

    private ConsumerRecords<byte[], byte[]> poll(Duration atMost) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(atMost);
        polledMs = clock.millis();
        return records;
    }
}
