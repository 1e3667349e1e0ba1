package io.stillwatch.topology.topics;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Where partitions ended at one moment: what a reader that is not to follow them for ever reads up to. */
public final class TopicEnds {
    private final Map<TopicPartition, Long> ends;

    private TopicEnds(Map<TopicPartition, Long> ends) {
        this.ends = ends;
    }

    /** The ends of partitions now, as a consumer sees them: what is not committed counts only where it reads that too. */
    public static TopicEnds of(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        return new TopicEnds(Map.copyOf(consumer.endOffsets(partitions)));
    }

    /** The offset after the last record; 0 for a partition that was not asked for. */
    public long offset(TopicPartition partition) {
        return ends.getOrDefault(partition, 0L);
    }

    /** Whether a consumer that these partitions are assigned to has read them up to there. */
    public boolean reachedBy(Consumer<?, ?> consumer) {
        return ends.keySet().stream().allMatch(partition -> reachedBy(consumer, partition));
    }

    /** Whether it has read one of them up to there. */
    public boolean reachedBy(Consumer<?, ?> consumer, TopicPartition partition) {
        return consumer.position(partition) >= offset(partition);
    }
}
