package io.stillwatch.topology.reset;

import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.signature.SignatureSet;
import io.stillwatch.topology.PipelineOptions;
import io.stillwatch.topology.state.Changelogs;
import io.stillwatch.topology.state.StateOrigin;
import io.stillwatch.topology.state.StoreKeys;
import io.stillwatch.topology.topics.LivingTopics;
import io.stillwatch.topology.topics.StoreNames;
import io.stillwatch.topology.topics.TopicProvisioner;
import io.stillwatch.topology.topics.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Takes away what an application has in a cluster and on this machine, and makes the state of the accounts anew from the
 * topics that keep what it was made of. No instance of the application may run.
 */
public final class ApplicationReset {
    private static final long POLL_MS = 100;
    private static final long GONE_WITHIN_MS = 60_000;

    private final Admin admin;
    private final Topics topics;
    private final LivingTopics living;
    private final String applicationId;
    private final int partitions;
    private final Path state;

    private ApplicationReset(Admin admin, Topics topics, String applicationId, int partitions, Path state) {
        this.admin = admin;
        this.topics = topics;
        this.applicationId = applicationId;
        this.partitions = partitions;
        this.living = LivingTopics.of(topics, applicationId, partitions);
        this.state = state;
    }

    /**
     * Of an application on a cluster.
     *
     * @param stateDirectory where state stores of all applications lie
     */
    public static ApplicationReset of(Admin admin, Topics topics, String applicationId, Path stateDirectory) {
        int partitions = TopicProvisioner.find(admin, topics.requests())
                .map(found -> found.partitions().size())
                .orElse(0);
        return new ApplicationReset(admin, topics, applicationId, partitions, stateDirectory.resolve(applicationId));
    }

    /** Partitions of the requests topic; 0 where there is none. */
    public int partitions() {
        return partitions;
    }

    /** Whether an instance of the application runs anywhere. */
    public boolean isRunning() {
        try {
            return get(admin.describeConsumerGroups(List.of(applicationId)).all()).values().stream()
                    .anyMatch(group -> !group.members().isEmpty());
        } catch (GroupIdNotFoundException none) {
            return false;
        }
    }

    /** The changelog topics that there are. */
    public List<String> changelogs() {
        List<String> found = new ArrayList<>();
        TopicProvisioner.find(admin, living.changelogs()).forEach((name, description) -> {
            if (description.isPresent()) {
                found.add(name);
            }
        });
        return found.stream().sorted().toList();
    }

    /** Where the local state lies, if there is any. */
    public Optional<Path> localState() {
        return Files.isDirectory(state) ? Optional.of(state) : Optional.empty();
    }

    /** Forgets everything: local state, changelogs and how far the application has read. */
    public void forget() {
        deleteTopics(changelogs());
        try {
            get(admin.deleteConsumerGroups(List.of(applicationId)).all());
        } catch (GroupIdNotFoundException none) {
            // It has read nothing, or has forgotten that.
        }
        deleteLocalState();
    }

    /**
     * Makes the state of the accounts anew, with the partitions that the requests topic has now; how far requests have been
     * read stays. What is decided and which campaigns there are stays where it is, or is found again from the topics if it
     * is lost.
     *
     * @param clientProperties for consumers
     * @param producerProperties for producers
     * @param progress takes a sentence now and then
     * @return fingerprints that went into it
     */
    public long rebuild(
            PipelineOptions options,
            SignatureSet signatures,
            SerdeFactory serdes,
            Map<String, Object> clientProperties,
            Map<String, Object> producerProperties,
            Consumer<String> progress) {
        StateRebuild rebuild = new StateRebuild(options, signatures, serdes, topics, new KeptRecords(clientProperties));
        rebuild.readAlerts();
        String accounts = changelog(StoreNames.ACCOUNTS);
        String panes = changelog(StoreNames.PANES);
        deleteTopics(changelogs().stream()
                .filter(name -> name.equals(accounts) || name.equals(panes))
                .toList());
        deleteLocalState();
        Uuid accountsId = create(accounts, Changelogs.ofAccounts());
        Uuid panesId = create(panes, Changelogs.ofPanes(options.daysKept()));
        byte[] origin = new StateOrigin.Origin(partitions, List.of(accountsId, panesId)).encode();
        long count = 0;
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(producerProperties, new ByteArraySerializer(), new ByteArraySerializer())) {
            Writer writer = new Writer(producer, accounts, panes);
            for (int partition = 0; partition < partitions; partition++) {
                writer.partition = partition;
                long made = rebuild.partition(partition, writer);
                count += made;
                producer.flush();
                writer.requireWritten();
                progress.accept("Partition " + partition + ": " + made + " fingerprints.");
            }
            // Last of all: without it the pipeline refuses the state, and this can be done again.
            for (int partition = 0; partition < partitions; partition++) {
                writer.partition = partition;
                writer.account(StoreKeys.ORIGIN, origin);
            }
            producer.flush();
            writer.requireWritten();
        }
        mendOthers();
        return count;
    }

    private static final class Writer implements StateRebuild.Taker {
        private final KafkaProducer<byte[], byte[]> producer;
        private final String accounts;
        private final String panes;
        private volatile @Nullable Exception failure;
        private int partition;

        private Writer(KafkaProducer<byte[], byte[]> producer, String accounts, String panes) {
            this.producer = producer;
            this.accounts = accounts;
            this.panes = panes;
        }

        @Override
        public void account(Bytes key, byte @Nullable [] value) {
            send(accounts, key, value);
        }

        @Override
        public void pane(Bytes key, byte @Nullable [] value) {
            send(panes, key, value);
        }

        @SuppressWarnings("FutureReturnValueIgnored") // The callback keeps the failure.
        private void send(String topic, Bytes key, byte @Nullable [] value) {
            producer.send(new ProducerRecord<>(topic, partition, key.get(), value), (written, failed) -> {
                if (failed != null) {
                    failure = failed;
                }
            });
        }

        private void requireWritten() {
            Exception failed = failure;
            if (failed != null) {
                throw failed instanceof KafkaException explained ? explained : new KafkaException(failed);
            }
        }
    }

    /** A store whose changelog is gone begins with all that its task reads, instead of refusing to begin in the middle. */
    private void mendOthers() {
        List<String> there = changelogs();
        if (!there.contains(changelog(StoreNames.DECIDER))) {
            readAgain(List.of(topics.alerts(), topics.campaigns()));
        }
        if (!there.contains(changelog(StoreNames.CAMPAIGNS))) {
            readAgain(List.of(topics.links()));
        }
    }

    private void readAgain(List<String> inputs) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata());
        committed.keySet().removeIf(partition -> !inputs.contains(partition.topic()));
        if (!committed.isEmpty()) {
            get(admin.deleteConsumerGroupOffsets(applicationId, committed.keySet())
                    .all());
        }
    }

    private String changelog(String store) {
        return LivingTopics.changelog(applicationId, store);
    }

    private void deleteTopics(List<String> names) {
        for (String name : names) {
            try {
                get(admin.deleteTopics(List.of(name)).all());
            } catch (UnknownTopicOrPartitionException gone) {
                // That is what is wanted.
            }
        }
        Timer timer = Time.SYSTEM.timer(GONE_WITHIN_MS);
        while (TopicProvisioner.find(admin, names).values().stream().anyMatch(Optional::isPresent)) {
            requireTime(timer, "delete " + String.join(", ", names));
        }
    }

    private Uuid create(String name, Map<String, String> configs) {
        Map<String, String> all = new HashMap<>(Map.of("cleanup.policy", "compact"));
        all.put("message.timestamp.before.max.ms", Long.toString(Long.MAX_VALUE));
        all.putAll(configs);
        Timer timer = Time.SYSTEM.timer(GONE_WITHIN_MS);
        while (true) {
            try {
                get(admin.createTopics(
                                List.of(new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(all)))
                        .all());
                break;
            } catch (TopicExistsException stillThere) {
                requireTime(timer, "make " + name);
            }
        }
        while (true) {
            Optional<TopicDescription> made = TopicProvisioner.find(admin, name);
            if (made.isPresent()) {
                awaitLeaders(made.get());
                return made.get().topicId();
            }
            requireTime(timer, "show " + name);
        }
    }

    /** A leader that does not serve yet can refuse a producer's first records and take its next ones (KAFKA-15591). */
    private void awaitLeaders(TopicDescription topic) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        topic.partitions()
                .forEach(partition ->
                        ends.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        get(admin.listOffsets(ends).all());
    }

    private static void requireTime(Timer timer, String what) {
        if (timer.isExpired()) {
            throw new TimeoutException("the cluster did not " + what + " in time");
        }
        timer.sleep(POLL_MS);
    }

    private void deleteLocalState() {
        if (!Files.isDirectory(state)) {
            return;
        }
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The local state in " + state + " cannot be deleted.", e);
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof KafkaException explained
                    ? explained
                    : new KafkaException(failed.getCause());
        }
    }
}
