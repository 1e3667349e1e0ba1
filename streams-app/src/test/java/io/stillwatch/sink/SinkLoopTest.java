package io.stillwatch.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import io.stillwatch.topology.record.DeadLetterHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SinkLoopTest {
    private static final TopicPartition ALERTS = new TopicPartition("t.alerts", 0);
    private static final SerdeFactory SERDES = new SerdeFactory(WireFormat.singleObject());

    /** Time goes on when somebody polls, as much as he is ready to wait. */
    private static final class Clockwork extends MockConsumer<byte[], byte[]> {
        private long nowMs;
        private Runnable atNextPoll = () -> {};

        Clockwork() {
            super(AutoOffsetResetStrategy.EARLIEST.name());
        }

        @Override
        public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            nowMs += timeout.toMillis();
            Runnable now = atNextPoll;
            atNextPoll = () -> {};
            now.run();
            return super.poll(Duration.ZERO);
        }
    }

    private static final class Receiver implements Target {
        final Deque<DeliveryException> failures = new ArrayDeque<>();
        final List<Long> delivered = new ArrayList<>();
        int attempts;

        @Override
        public String description() {
            return "receiver";
        }

        @Override
        public String id() {
            return "receiver-1";
        }

        @Override
        public void deliver(Alert alert, Instant now) throws DeliveryException {
            attempts++;
            if (!failures.isEmpty()) {
                throw failures.pop();
            }
            delivered.add(alert.getSequence());
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private final Clockwork consumer = new Clockwork();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(Cluster.empty(), true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Receiver receiver = new Receiver();
    private final List<String> notices = new ArrayList<>();
    private final SinkCounts counts = new SinkCounts();
    private final InstantSource clock = () -> Instant.ofEpochMilli(consumer.nowMs);
    private boolean stopped;
    private final SinkLoop loop = new SinkLoop(
            consumer,
            SERDES.serde(Alert.class).deserializer(),
            receiver,
            new Backoff(4, Duration.ofSeconds(1)),
            new DeadAlerts("t.dead-letters", producer),
            counts,
            clock,
            new Random(1),
            notices::add,
            () -> stopped);

    @BeforeEach
    void subscribe() {
        consumer.subscribe(List.of(ALERTS.topic()), loop.listener());
        consumer.rebalance(Set.of(ALERTS));
        consumer.updateBeginningOffsets(Map.of(ALERTS, 0L));
    }

    private void add(long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(ALERTS.topic(), 0, offset, new byte[] {1}, value));
    }

    private void add(long offset) {
        Alert alert = SampleAlerts.opened();
        alert.setSequence(offset);
        add(offset, SERDES.serde(Alert.class).serializer().serialize(ALERTS.topic(), alert));
    }

    private Optional<Long> committed() {
        return Optional.ofNullable(consumer.committed(Set.of(ALERTS)).get(ALERTS))
                .map(offset -> offset.offset());
    }

    private static String header(ProducerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void alertsAreDeliveredInTheirOrderAndCommittedAfterwards() throws InterruptedException {
        add(0);
        add(1);
        loop.turn();
        assertThat(receiver.delivered).containsExactly(0L, 1L);
        assertThat(committed()).contains(2L);
        assertThat(notices).isEmpty();
    }

    @Test
    void aFailureThatPassesDelaysButLosesAndReordersNothing() throws InterruptedException {
        add(0);
        add(1);
        receiver.failures.add(DeliveryException.passing("The receiver answers 503."));
        receiver.failures.add(DeliveryException.notBefore("The receiver answers 429.", Duration.ofSeconds(40)));
        loop.turn();
        assertThat(receiver.delivered).containsExactly(0L, 1L);
        assertThat(consumer.nowMs).isGreaterThanOrEqualTo(40_000L);
        assertThat(counts.failedAttempts()).isEqualTo(2);
        assertThat(notices)
                .containsExactly(
                        "The receiver answers 503. Alerts for it wait and are tried again.",
                        "The receiver takes alerts again.");
    }

    @Test
    void whatFailsTooOftenGoesToTheDeadLettersAndTheNextIsDelivered() throws InterruptedException {
        add(0);
        add(1);
        for (int i = 0; i < 4; i++) {
            receiver.failures.add(DeliveryException.passing("The receiver answers 500."));
        }
        loop.turn();
        assertThat(receiver.delivered).containsExactly(1L);
        assertThat(producer.history()).singleElement().satisfies(dead -> {
            assertThat(dead.topic()).isEqualTo("t.dead-letters");
            assertThat(SERDES.serde(Alert.class)
                            .deserializer()
                            .deserialize("", dead.value())
                            .getSequence())
                    .isZero();
            assertThat(header(dead, DeadLetterHandler.MESSAGE)).isEqualTo("The receiver answers 500.");
            assertThat(header(dead, DeadLetterHandler.TOPIC)).isEqualTo(ALERTS.topic());
            assertThat(header(dead, DeadLetterHandler.OFFSET)).isEqualTo("0");
            assertThat(header(dead, "ce_type")).isEqualTo("io.stillwatch.dead-letter.v1");
            assertThat(header(dead, DeadAlerts.SINK)).isEqualTo("receiver");
        });
        assertThat(committed()).contains(2L);
        assertThat(counts.givenUp()).isEqualTo(1);
    }

    @Test
    void whatTheReceiverWillNeverTakeIsTriedOnce() throws InterruptedException {
        add(0);
        receiver.failures.add(DeliveryException.forGood("The receiver answers 422."));
        loop.turn();
        assertThat(receiver.attempts).isEqualTo(1);
        assertThat(producer.history()).hasSize(1);
    }

    @Test
    void whatIsNoAlertGoesToTheDeadLetters() throws InterruptedException {
        add(0, "no avro".getBytes(StandardCharsets.UTF_8));
        add(1);
        loop.turn();
        assertThat(receiver.delivered).containsExactly(1L);
        assertThat(producer.history())
                .singleElement()
                .satisfies(dead -> assertThat(dead.value()).isEqualTo("no avro".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatWasBegunWhenAnotherTookThePartitionIsLeftToIt() throws InterruptedException {
        add(0);
        add(1);
        receiver.failures.add(DeliveryException.passing("The receiver answers 503."));
        consumer.atNextPoll = () -> consumer.atNextPoll = () -> consumer.rebalance(Set.of());
        loop.turn();
        assertThat(receiver.delivered).isEmpty();
        assertThat(committed()).isEmpty();
    }

    @Test
    void whoIsStoppedWhileWaitingHasDeliveredNothingMoreAndCommitsNothingMore() throws InterruptedException {
        add(0);
        add(1);
        add(2);
        loop.turn();
        assertThat(committed()).contains(3L);
        add(3);
        receiver.failures.add(DeliveryException.passing("The receiver answers 503."));
        consumer.atNextPoll = () -> consumer.atNextPoll = () -> stopped = true;
        loop.turn();
        assertThat(receiver.delivered).containsExactly(0L, 1L, 2L);
        assertThat(committed()).contains(3L);
    }

    @Test
    void theWaitDoublesUpToFiveMinutesAndVariesByHalf() {
        Backoff backoff = Backoff.of(12);
        Random chance = new Random(7);
        assertThat(backoff.after(1, Optional.empty(), chance)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
        assertThat(backoff.after(5, Optional.empty(), chance)).isBetween(Duration.ofSeconds(8), Duration.ofSeconds(16));
        assertThat(backoff.after(40, Optional.empty(), chance))
                .isBetween(Duration.ofSeconds(150), Duration.ofMinutes(5));
        assertThat(backoff.after(1, Optional.of(Duration.ofDays(2)), chance)).isEqualTo(Duration.ofMinutes(15));
    }
}
