package io.stillwatch.replay;

import io.stillwatch.decision.Decider;
import io.stillwatch.decision.DeciderState;
import io.stillwatch.decision.Policy;
import io.stillwatch.decision.Preview;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.topology.topics.TopicEnds;
import io.stillwatch.topology.topics.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What a policy would have decided about the alerts that a cluster holds.
 *
 * <p>Of campaigns only the members of now are known, as their topic is compacted: they count as members from the time at
 * which that was last said of them. Orders that were given are left out.
 */
public final class DecisionRehearsal {
    private static final byte[] NO_SECRET = new byte[32];

    private DecisionRehearsal() {}

    /**
     * Plays all alerts through a policy as if it were enforced; reads each topic to its end.
     *
     * @throws SerializationException where an alert cannot be read
     */
    public static Preview play(
            Policy policy, Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
        Preview preview = new Preview();
        Decider decider = new Decider(
                policy.in(Policy.Mode.ENFORCE),
                Optional.of(NO_SECRET),
                NO_SECRET::clone,
                new DeciderState((key, value) -> {}),
                Integer.MAX_VALUE);
        decider.adoptPolicy();
        Members members = new Members(topics, serdes, clientProperties);
        Deserializer<Alert> alerts = serdes.serde(Alert.class).deserializer();
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.alerts()).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            TopicEnds ends = TopicEnds.of(consumer, partitions);
            while (!ends.reachedBy(consumer)) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    Alert step = alerts.deserialize(topics.alerts(), record.value());
                    members.until(step.getTime(), decider, preview);
                    preview.step();
                    preview.take(decider.alert(step));
                }
            }
        }
        members.until(Long.MAX_VALUE, decider, preview);
        return preview;
    }

    /** Members in the order of time, each told once its time has come. */
    private static final class Members {
        private final TreeMap<Long, List<CampaignMember>> waiting = new TreeMap<>();

        Members(Topics topics, SerdeFactory serdes, Map<String, Object> clientProperties) {
            Deserializer<CampaignMember> deserializer =
                    serdes.serde(CampaignMember.class).deserializer();
            CompactedTopic.newest(topics.campaigns(), key -> true, clientProperties)
                    .values()
                    .forEach(bytes -> {
                        CampaignMember member = deserializer.deserialize(topics.campaigns(), bytes);
                        waiting.computeIfAbsent(member.getTime(), unused -> new ArrayList<>())
                                .add(member);
                    });
        }

        void until(long timeMs, Decider decider, Preview preview) {
            while (!waiting.isEmpty() && waiting.firstKey() <= timeMs) {
                for (CampaignMember member : waiting.pollFirstEntry().getValue()) {
                    preview.take(decider.member(
                            member.getCampaignId(), member.getAccountId(), Optional.of(member), member.getTime()));
                }
            }
        }
    }
}
