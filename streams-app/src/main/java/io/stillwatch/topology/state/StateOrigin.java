package io.stillwatch.topology.state;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.topology.PipelineException;
import io.stillwatch.topology.topics.LivingTopics;
import io.stillwatch.topology.topics.StoreNames;
import io.stillwatch.topology.topics.TopicProvisioner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * Knows whether a task's state is all of what the task has processed, and not what a deleted changelog has left of it.
 *
 * <p>Streams makes a missing changelog anew, empty, and goes on: every account would be unknown, and its alert would open
 * again as step 0 under the id it always had. So each store keeps a record of its <em>origin</em>, written once, before its
 * first request is committed: the ids that Kafka gave the changelog topics, and the partitions of the requests topic. State
 * without one, though the group has committed offsets, is not the state that belongs to those offsets; nor is one whose
 * changelog is another topic by now.
 */
public final class StateOrigin {
    /** Streams property that holds it; without, as in tests without a broker, nothing is checked. */
    public static final String CONFIG = "stillwatch.state.origin";

    private static final int VERSION = 1;
    private static final int MOST_TOPICS = 16;

    private final Admin admin;
    private final LivingTopics topics;

    public StateOrigin(Admin admin, LivingTopics topics) {
        this.admin = admin;
        this.topics = topics;
    }

    /**
     * The origin of a store.
     *
     * @param partitions of the requests topic
     * @param changelogs ids of the changelog topics, in the order of the stores
     */
    public record Origin(int partitions, List<Uuid> changelogs) {
        public Origin {
            changelogs = List.copyOf(changelogs);
        }

        /** Version, partitions, number of changelogs, their ids. */
        public byte[] encode() {
            StateWriter out = new StateWriter();
            out.writeByte(VERSION);
            out.writeUnsigned(partitions);
            out.writeUnsigned(changelogs.size());
            for (Uuid id : changelogs) {
                out.writeLong(id.getMostSignificantBits());
                out.writeLong(id.getLeastSignificantBits());
            }
            return out.toByteArray();
        }

        static Origin decode(byte[] bytes) {
            StateReader in = new StateReader(bytes);
            in.readByte();
            int partitions = (int) in.readUnsigned();
            List<Uuid> ids = new ArrayList<>();
            for (int left = in.readCount(MOST_TOPICS); left > 0; left--) {
                ids.add(new Uuid(in.readLong(), in.readLong()));
            }
            return new Origin(partitions, ids);
        }
    }

    /**
     * Refuses before Streams has made anything anew.
     *
     * @throws PipelineException where a changelog is gone, or is not for as many partitions as the requests topic has
     */
    public void requireWhole() {
        Map<String, Optional<TopicDescription>> found = describe(topics.changelogs());
        found.forEach((name, description) -> {
            if (description.isEmpty() && hasCommitted(source -> source.topic().equals(topics.inputOf(name)))) {
                throw PipelineException.saying(topics.lost("the topic " + name + " is missing"));
            }
        });
        description(found, StoreNames.ACCOUNTS)
                .map(accounts -> accounts.partitions().size())
                .filter(kept -> kept != topics.partitions())
                .ifPresent(kept -> {
                    throw PipelineException.saying(LivingTopics.differ(topics.requests(), topics.partitions(), kept));
                });
    }

    private Optional<TopicDescription> description(Map<String, Optional<TopicDescription>> found, String store) {
        return found.getOrDefault(LivingTopics.changelog(topics.applicationId(), store), Optional.empty());
    }

    /** The one of this pipeline, if it runs on a broker. */
    static Optional<StateOrigin> of(ProcessorContext<?, ?> context) {
        return Optional.ofNullable((StateOrigin) context.appConfigs().get(CONFIG));
    }

    /**
     * What to keep as the origin of a task's stores.
     *
     * @param kept what was kept when they were first written; empty where nothing was
     * @param stores names of the stores with a changelog
     * @return the record to keep from now on; empty where there is one
     * @throws PipelineException where the state is not what the task has processed
     */
    Optional<byte[]> require(Optional<byte[]> kept, ProcessorContext<?, ?> context, List<String> stores) {
        List<String> names = stores.stream()
                .map(store -> LivingTopics.changelog(topics.applicationId(), store))
                .toList();
        Map<String, Optional<TopicDescription>> found = describe(names);
        List<Uuid> ids = names.stream()
                .map(name -> found.getOrDefault(name, Optional.empty())
                        .map(TopicDescription::topicId)
                        .orElse(Uuid.ZERO_UUID))
                .toList();
        Origin now = new Origin(topics.partitions(), ids);
        if (kept.isPresent()) {
            Origin before = Origin.decode(kept.get());
            for (int at = 0; at < names.size(); at++) {
                if (at >= before.changelogs().size()
                        || !before.changelogs().get(at).equals(ids.get(at))) {
                    throw PipelineException.saying(topics.deleted(names.get(at)));
                }
            }
            // What is known of campaigns, and what was decided, lies on one partition whatever the requests have.
            boolean ofAccounts = stores.contains(StoreNames.ACCOUNTS);
            if (ofAccounts && before.partitions() != now.partitions()) {
                throw PipelineException.saying(
                        LivingTopics.differ(topics.requests(), now.partitions(), before.partitions()));
            }
            return Optional.empty();
        }
        TopicPartition source = new TopicPartition(
                topics.inputOf(names.get(0)), context.taskId().partition());
        if (hasCommitted(source::equals)) {
            throw PipelineException.saying(topics.lost("the topic " + names.get(0) + " has been made anew"));
        }
        return Optional.of(now.encode());
    }

    private boolean hasCommitted(Predicate<TopicPartition> wanted) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(() -> admin.listConsumerGroupOffsets(topics.applicationId())
                        .partitionsToOffsetAndMetadata()
                        .get());
        return committed.entrySet().stream()
                .anyMatch(entry -> wanted.test(entry.getKey())
                        && entry.getValue() != null
                        && entry.getValue().offset() > 0);
    }

    private Map<String, Optional<TopicDescription>> describe(List<String> names) {
        return TopicProvisioner.find(admin, names);
    }

    private interface Question<T> {
        T ask() throws ExecutionException, InterruptedException;
    }

    private static <T> T get(Question<T> question) {
        try {
            return Objects.requireNonNull(question.ask());
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException explained
                    ? explained
                    : new KafkaException(failed.getCause());
        }
    }
}
