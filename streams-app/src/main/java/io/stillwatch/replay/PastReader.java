package io.stillwatch.replay;

import io.stillwatch.account.AccountCourse;
import io.stillwatch.account.AccountEntry;
import io.stillwatch.account.AccountWindows;
import io.stillwatch.account.AlertTimeline;
import io.stillwatch.account.PastCourse;
import io.stillwatch.baseline.Reference;
import io.stillwatch.profile.EntityType;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.RequestFingerprint;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.TopicEnds;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Goes once more through what a pipeline did with one account: its fingerprints as they lie on their topic, when its alert
 * was open, and of the partition's other accounts who sent something when.
 */
public final class PastReader {
    private final Topics topics;
    private final SerdeFactory serdes;
    private final Map<String, Object> clientProperties;

    /** @param clientProperties with the cluster's address */
    public PastReader(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        this.topics = topics;
        this.serdes = serdes;
        this.clientProperties = Map.copyOf(clientProperties);
    }

    /** Told of every look at the account. */
    @FunctionalInterface
    public interface Looks {
        /**
         * The account is looked at.
         *
         * @param timeMs event time of the look, milliseconds since 1970
         * @param windows readable during this call only
         */
        void looked(long timeMs, AccountWindows windows);
    }

    /**
     * Reads all that is kept; nothing where there is no topic.
     *
     * @return where the account stands at the end
     */
    public PastCourse read(String account, AccountCourse.Rules rules, Reference reference, Looks looks) {
        AlertTimeline alerts = new AlertTimeline(alerts(account));
        List<PastCourse> courses = new ArrayList<>(1);
        each(account, partitions -> {
            PastCourse course = new PastCourse(rules, partitions, reference, new Watcher(alerts, looks));
            courses.add(course);
            return new Taker() {
                @Override
                public void take(RequestFingerprint request) {
                    course.take(request);
                }

                @Override
                public void pass(String other, long timeMs) {
                    course.pass(other, timeMs);
                }
            };
        });
        return courses.get(0);
    }

    /** Takes the requests of an account's partition, in its order. */
    public interface Taker {
        /** A request of the account. */
        void take(RequestFingerprint request);

        /** Another account has sent a request; milliseconds since 1970. */
        void pass(String other, long timeMs);
    }

    /**
     * Hands on all that is kept of the account's partition; nothing where there is no topic.
     *
     * @param begin gives the taker, by the number of the topic's partitions, at least 1
     */
    public void each(String account, IntFunction<Taker> begin) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            int partitions = consumer.partitionsFor(topics.fingerprints()).size();
            Taker taker = begin.apply(Math.max(1, partitions));
            if (partitions > 0) {
                TopicPartition partition =
                        new TopicPartition(topics.fingerprints(), Topics.partitionOf(account, partitions));
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                TopicEnds end = TopicEnds.of(consumer, List.of(partition));
                Deserializer<RequestFingerprint> deserializer =
                        serdes.serde(RequestFingerprint.class).deserializer();
                while (!end.reachedBy(consumer)) {
                    for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                        take(account, record, deserializer, taker);
                    }
                }
            }
        }
    }

    private static void take(
            String account,
            ConsumerRecord<String, byte[]> record,
            Deserializer<RequestFingerprint> deserializer,
            Taker taker) {
        if (record.key() == null || record.value() == null) {
            return;
        }
        if (!record.key().equals(account)) {
            taker.pass(record.key(), record.timestamp());
            return;
        }
        RequestFingerprint fingerprint;
        try {
            fingerprint = deserializer.deserialize(record.topic(), record.value());
        } catch (SerializationException e) {
            // It lies in the dead letters already; the pipeline went on without it, too.
            return;
        }
        taker.take(fingerprint);
    }

    private List<Alert> alerts(String account) {
        Deserializer<Alert> deserializer = serdes.serde(Alert.class).deserializer();
        List<Alert> steps = new ArrayList<>();
        WholeTopic.read(topics.alerts(), clientProperties, record -> {
            if (account.equals(record.key()) && record.value() != null) {
                try {
                    Alert step = deserializer.deserialize(record.topic(), record.value());
                    if (step.getEntityType().equals(EntityType.ACCOUNT)) {
                        steps.add(step);
                    }
                } catch (SerializationException e) {
                    // One record that is no alert must not hide the others.
                }
            }
        });
        return steps;
    }

    private record Watcher(AlertTimeline alerts, Looks looks) implements PastCourse.Watcher {
        @Override
        public void looked(AccountEntry entry, long timeMs, AccountWindows windows) {
            looks.looked(timeMs, windows);
            alerts.passTo(entry, timeMs);
        }

        @Override
        public Optional<Long> quietAtMs(AccountEntry entry) {
            return alerts.quietAtMs(entry);
        }

        @Override
        public void passTo(AccountEntry entry, long timeMs) {
            alerts.passTo(entry, timeMs);
        }
    }
}
