package io.stillwatch.runtime;

import io.stillwatch.host.PrivateFiles;
import io.stillwatch.text.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what has lain on topics for long enough, by the time that it has lain there.
 *
 * <p>Kafka's own {@code retention.ms} goes by the records' timestamps, which are those of the events: a replayed log of last
 * year would be deleted before anybody read it, and one stamped in the future never. So it is noted once an hour how far
 * each partition has been written, and what was there so long ago is deleted, but never what the pipeline has not read.
 * What is noted lies in the data directory; where it is lost, records stay for as long again at most.
 */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final String FILE = "retention.properties";
    private static final char BETWEEN = ' ';

    private final Admin admin;
    private final String group;
    private final Map<String, Duration> kept;
    private final Path file;
    private final LongSupplier wallClockMs;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** By partition, how far it had been written at which time. */
    private final Map<TopicPartition, TreeMap<Long, Long>> ends = new HashMap<>();

    /**
     * @param admin stays the caller's
     * @param group whose committed offsets bound what is deleted of the topics that it reads
     * @param kept by topic, how long its records stay
     * @param directory where to note what has been seen
     * @param wallClockMs milliseconds since 1970
     */
    Retention(Admin admin, String group, Map<String, Duration> kept, Path directory, LongSupplier wallClockMs) {
        this.admin = admin;
        this.group = group;
        this.kept = Map.copyOf(kept);
        this.file = directory.resolve(FILE);
        this.wallClockMs = wallClockMs;
        read();
    }

    /** Begins to delete, once an hour; the group is the pipeline's. */
    static Retention start(Admin admin, String group, Map<String, Duration> kept, Path directory) {
        Retention retention = new Retention(admin, group, kept, directory, System::currentTimeMillis);
        Thread thread = new Thread(retention::run, "stillwatch-retention");
        thread.setDaemon(true);
        thread.start();
        return retention;
    }

    private void run() {
        try {
            do {
                try {
                    turn();
                } catch (KafkaException | IOException e) {
                    LOG.warn("Old records could not be deleted now, and are in an hour: {}", e.getMessage());
                }
            } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Notes how far topics have been written, and deletes what is old enough. */
    void turn() throws InterruptedException, IOException {
        long nowMs = wallClockMs.getAsLong();
        try {
            Map<TopicPartition, Long> written = written();
            Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            Map<TopicPartition, RecordsToDelete> old = new HashMap<>();
            written.forEach((partition, end) -> {
                TreeMap<Long, Long> noted = ends.computeIfAbsent(partition, unused -> new TreeMap<>());
                if (!noted.isEmpty() && noted.lastEntry().getValue() > end) {
                    // The topic has been made anew.
                    noted.clear();
                }
                noted.put(nowMs, end);
                Map.Entry<Long, Long> then =
                        noted.floorEntry(nowMs - kept(partition).toMillis());
                if (then != null) {
                    OffsetAndMetadata readUpTo = read.get(partition);
                    long upTo = readUpTo == null ? then.getValue() : Math.min(then.getValue(), readUpTo.offset());
                    old.put(partition, RecordsToDelete.beforeOffset(upTo));
                    noted.headMap(then.getKey(), false).clear();
                }
            });
            if (!old.isEmpty()) {
                admin.deleteRecords(old).all().get();
            }
            write();
        } catch (ExecutionException e) {
            throw new KafkaException(Reason.of(e.getCause() == null ? e : e.getCause()), e);
        }
    }

    private Duration kept(TopicPartition partition) {
        return Objects.requireNonNull(kept.get(partition.topic()), partition.topic());
    }

    private Map<TopicPartition, Long> written() throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        for (TopicDescription topic :
                admin.describeTopics(kept.keySet()).allTopicNames().get().values()) {
            topic.partitions()
                    .forEach(partition ->
                            wanted.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
        }
        Map<TopicPartition, Long> written = new HashMap<>();
        Map<TopicPartition, ListOffsetsResultInfo> found =
                admin.listOffsets(wanted).all().get();
        found.forEach((partition, end) -> written.put(partition, end.offset()));
        return written;
    }

    private void read() {
        if (!Files.isRegularFile(file)) {
            return;
        }
        Properties noted = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            noted.load(reader);
            for (String key : noted.stringPropertyNames()) {
                String[] parts = key.split(String.valueOf(BETWEEN), 3);
                ends.computeIfAbsent(
                                new TopicPartition(parts[0], Integer.parseInt(parts[1])), unused -> new TreeMap<>())
                        .put(Long.parseLong(parts[2]), Long.parseLong(noted.getProperty(key)));
            }
        } catch (IOException | IllegalArgumentException | ArrayIndexOutOfBoundsException damaged) {
            ends.clear();
        }
    }

    private void write() throws IOException {
        Properties noted = new Properties();
        ends.forEach((partition, times) -> times.forEach((timeMs, end) -> noted.setProperty(
                partition.topic() + BETWEEN + partition.partition() + BETWEEN + timeMs, Long.toString(end))));
        Path fresh = file.resolveSibling(FILE + ".new");
        try (FileChannel channel = PrivateFiles.open(
                        fresh,
                        Set.of(
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE,
                                StandardOpenOption.TRUNCATE_EXISTING));
                OutputStream out = Channels.newOutputStream(channel)) {
            noted.store(out, "How far topics had been written, by topic, partition and time.");
        }
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
