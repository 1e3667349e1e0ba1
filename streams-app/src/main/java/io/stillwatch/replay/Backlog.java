package io.stillwatch.replay;

import io.stillwatch.text.Reason;
import io.stillwatch.topology.topics.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** How many records the pipeline has not committed yet: requests, and what it told of accounts to find campaigns by. */
public final class Backlog {
    private final Admin admin;
    private final String applicationId;
    private final Topics topics;
    private final int partitions;
    private final boolean campaigns;

    /**
     * Asks through an admin client that stays the caller's.
     *
     * @param campaigns whether the pipeline looks for campaigns; without, what lies in the links topic waits for nobody
     */
    public Backlog(Admin admin, String applicationId, Topics topics, int partitions, boolean campaigns) {
        this.admin = admin;
        this.applicationId = applicationId;
        this.topics = topics;
        this.partitions = partitions;
        this.campaigns = campaigns;
    }

    /**
     * Counts the records that wait, by what was committed first and what is written after, so nothing is overlooked.
     */
    public long records() throws InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            wanted.put(new TopicPartition(topics.requests(), partition), OffsetSpec.latest());
        }
        if (campaigns) {
            wanted.put(new TopicPartition(topics.links(), 0), OffsetSpec.latest());
        }
        return waiting(wanted);
    }

    /** Counts what lies in the topics of alerts and of campaigns and was not decided about yet. */
    public long undecided() throws InterruptedException {
        return waiting(Map.of(
                new TopicPartition(topics.alerts(), 0), OffsetSpec.latest(),
                new TopicPartition(topics.campaigns(), 0), OffsetSpec.latest()));
    }

    private long waiting(Map<TopicPartition, OffsetSpec> wanted) throws InterruptedException {
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(
                            wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                    .all()
                    .get();
            long waiting = 0;
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
                OffsetAndMetadata at = committed.get(end.getKey());
                waiting += Math.max(0, end.getValue().offset() - (at == null ? 0 : at.offset()));
            }
            return waiting;
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "the lag of the pipeline cannot be read: " + Reason.of(e.getCause() == null ? e : e.getCause()), e);
        }
    }
}
