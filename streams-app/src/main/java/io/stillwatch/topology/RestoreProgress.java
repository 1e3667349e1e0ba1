package io.stillwatch.topology;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** How far state stores are with being made again from their changelog topics. Thread-safe. */
final class RestoreProgress implements StateRestoreListener {
    private final Map<TopicPartition, Range> open = new ConcurrentHashMap<>();

    private record Range(long begin, long at, long end) {}

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long begin, long end) {
        open.put(partition, new Range(begin, begin, end));
    }

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long offset, long records) {
        open.computeIfPresent(partition, (unused, range) -> new Range(range.begin(), offset, range.end()));
    }

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long records) {
        open.remove(partition);
    }

    @Override
    public void onRestoreSuspended(TopicPartition partition, String store, long records) {
        open.remove(partition);
    }

    /** Stores that are being made again; count. */
    int stores() {
        return open.size();
    }

    /** Records of their changelogs that have been read; count. */
    long restored() {
        return open.values().stream()
                .mapToLong(range -> Math.max(0, range.at() - range.begin()))
                .sum();
    }

    /** Records of their changelogs that there were to read; count. */
    long toRestore() {
        return open.values().stream()
                .mapToLong(range -> Math.max(0, range.end() - range.begin()))
                .sum();
    }
}
