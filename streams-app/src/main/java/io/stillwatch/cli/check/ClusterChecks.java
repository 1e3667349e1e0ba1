package io.stillwatch.cli.check;

import io.stillwatch.topology.topics.TopicDifference;
import io.stillwatch.topology.topics.TopicProvisioner;
import io.stillwatch.topology.topics.TopicSpec;
import io.stillwatch.topology.topics.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/** What the cluster must offer, and how the application keeps up with it. */
public final class ClusterChecks {
    private static final long WORTH_A_WARNING = 100_000;

    private final Admin admin;

    /** Checks of the cluster behind a client. */
    public ClusterChecks(Admin admin) {
        this.admin = admin;
    }

    Checkup broker(String bootstrapServers) throws ExecutionException, InterruptedException {
        int nodes = admin.describeCluster().nodes().get().size();
        return Checkup.ok("broker", bootstrapServers + " answers, " + nodes + (nodes == 1 ? " node" : " nodes"));
    }

    List<Checkup> topics(List<TopicSpec> catalogue) {
        List<TopicDifference> differences = TopicState.differences(new TopicProvisioner(admin).inspect(catalogue));
        if (differences.isEmpty()) {
            return List.of(Checkup.ok("topics", "all " + catalogue.size() + " are right"));
        }
        List<Checkup> checkups = new ArrayList<>();
        for (TopicDifference difference : differences) {
            checkups.add(
                    difference.severity() == TopicDifference.Severity.PROBLEM
                            ? Checkup.fail("topics", difference.sentence())
                            : Checkup.warn("topics", difference.sentence()));
        }
        return checkups;
    }

    Checkup lag(String applicationId) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId)
                .partitionsToOffsetAndMetadata(applicationId)
                .get();
        committed.values().removeIf(Objects::isNull);
        if (committed.isEmpty()) {
            return Checkup.ok("lag", "application " + applicationId + " has read nothing yet");
        }
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(committed.keySet().stream()
                        .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                .all()
                .get();
        long behind = 0;
        for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : ends.entrySet()) {
            OffsetAndMetadata read = committed.get(end.getKey());
            behind += read == null ? 0 : Math.max(0, end.getValue().offset() - read.offset());
        }
        return lag(applicationId, behind, isRunning(applicationId));
    }

    static Checkup lag(String applicationId, long behind, boolean running) {
        String found = String.format(Locale.ROOT, "application %s is %,d records behind", applicationId, behind);
        if (behind > 0 && !running) {
            return Checkup.warn("lag", found + " and not running; start it with: stillwatch run");
        }
        return behind > WORTH_A_WARNING
                ? Checkup.warn("lag", found + "; add instances, up to the number of partitions.")
                : Checkup.ok("lag", found);
    }

    /** Whether an instance of the application runs anywhere. */
    public boolean isRunning(String applicationId) throws ExecutionException, InterruptedException {
        Optional<GroupState> state = admin.listGroups().all().get().stream()
                .filter(group -> group.groupId().equals(applicationId))
                .findFirst()
                .flatMap(GroupListing::groupState);
        return state.isPresent() && state.get() != GroupState.EMPTY && state.get() != GroupState.DEAD;
    }
}
