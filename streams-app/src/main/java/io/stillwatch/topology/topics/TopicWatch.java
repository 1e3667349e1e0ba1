package io.stillwatch.topology.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds at the topics that a running pipeline lives on.
 *
 * <p>Streams notices a topic that is gone or has more partitions minutes later, in the middle of something else, and dies of
 * it with a sentence about itself. Here it is noticed at once and said with the way out. A Kafka that does not answer, or
 * of which a partition has no leader, is waited for: that is said once, and so is its return.
 */
public final class TopicWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration AFTERMATH = Duration.ofMinutes(2);
    private static final int ANSWER_WITHIN_MS = 5_000;

    /** A topic that is being made, or whose leader changes, can be unknown to a broker for a moment. */
    private static final int LOOKS_TO_BE_SURE = 2;

    private final Admin admin;
    private final LivingTopics topics;
    private final Consumer<String> onTrouble;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Seen> seen = new HashMap<>();
    private final Map<String, Integer> missed = new HashMap<>();
    private final Thread thread;
    private volatile boolean away;
    private volatile long backSinceNanos = Long.MIN_VALUE;

    private record Seen(Uuid id, int partitions) {}

    private TopicWatch(Admin admin, LivingTopics topics, Consumer<String> onTrouble) {
        this.admin = admin;
        this.topics = topics;
        this.onTrouble = onTrouble;
        this.thread = new Thread(this::watch, "stillwatch-topic-watch");
        thread.setDaemon(true);
    }

    /**
     * Begins to watch.
     *
     * @param admin stays the caller's
     * @param onTrouble takes one sentence, once, when the pipeline cannot go on
     */
    public static TopicWatch start(Admin admin, LivingTopics topics, Consumer<String> onTrouble) {
        TopicWatch watch = new TopicWatch(admin, topics, onTrouble);
        watch.thread.start();
        return watch;
    }

    /** Whether Kafka does not answer at the moment. */
    public boolean isAway() {
        return away;
    }

    /** Whether Kafka does not answer, or has not for long: of its absence something may still fail. */
    public boolean wasAwayOfLate() {
        long since = backSinceNanos;
        return away || since != Long.MIN_VALUE && System.nanoTime() - since < AFTERMATH.toNanos();
    }

    private void watch() {
        try {
            do {
                Optional<String> trouble = look();
                if (trouble.isPresent()) {
                    onTrouble.accept(trouble.get());
                    return;
                }
            } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<String> look() throws InterruptedException {
        boolean leaderless = false;
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                        names(), new DescribeTopicsOptions().timeoutMs(ANSWER_WITHIN_MS))
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : asked.entrySet()) {
            String name = answer.getKey();
            try {
                TopicDescription found = answer.getValue().get();
                missed.remove(name);
                leaderless |= found.partitions().stream().anyMatch(partition -> partition.leader() == null);
                Optional<String> trouble = compare(
                        name, new Seen(found.topicId(), found.partitions().size()));
                if (trouble.isPresent()) {
                    return trouble;
                }
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
                    if (seen.containsKey(name) && missed.merge(name, 1, Integer::sum) >= LOOKS_TO_BE_SURE) {
                        return Optional.of(topics.deleted(name));
                    }
                } else if (failed.getCause() instanceof RetriableException) {
                    gone();
                    return Optional.empty();
                } else {
                    // It may describe no topics; whoever may not is told by what fails for it.
                    LOG.debug("The topic {} cannot be watched.", name, failed.getCause());
                }
            }
        }
        if (leaderless) {
            gone();
        } else {
            back();
        }
        return Optional.empty();
    }

    private Collection<String> names() {
        return List.copyOf(topics.names());
    }

    private Optional<String> compare(String name, Seen now) {
        Seen before = seen.putIfAbsent(name, now);
        if (before != null && !before.id().equals(now.id())) {
            return Optional.of(topics.deleted(name));
        }
        return topics.wrongPartitions(name, now.partitions());
    }

    private void gone() {
        if (!away && closed.getCount() > 0) {
            away = true;
            LOG.warn("Kafka does not answer; the pipeline waits, and goes on by itself when it is back.");
        }
    }

    private void back() {
        if (away) {
            away = false;
            backSinceNanos = System.nanoTime();
            LOG.warn("Kafka answers again; the pipeline goes on where it was.");
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            if (Thread.currentThread() != thread) {
                thread.join(TimeUnit.SECONDS.toMillis(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
