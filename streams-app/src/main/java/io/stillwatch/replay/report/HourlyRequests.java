package io.stillwatch.replay.report;

import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many requests came in each clock hour of event time. Mutable and not thread-safe. */
public final class HourlyRequests {
    private static final long HOUR_MS = 3_600_000;

    private final TreeMap<Long, Long> byHour = new TreeMap<>();

    /** Counts a request in. */
    public void add(long timeMs) {
        add(timeMs, 1);
    }

    /** Counts several requests of an hour in. */
    public void add(long timeMs, long requests) {
        byHour.merge(Math.floorDiv(timeMs, HOUR_MS), requests, Long::sum);
    }

    /** Requests by the begin of their hour, milliseconds since 1970; only hours that have any. */
    public SortedMap<Long, Long> byHour() {
        SortedMap<Long, Long> counts = new TreeMap<>();
        byHour.forEach((hour, requests) -> counts.put(hour * HOUR_MS, requests));
        return counts;
    }

    /** Whether nothing was counted. */
    public boolean isEmpty() {
        return byHour.isEmpty();
    }

    /** All requests; count. */
    public long total() {
        return byHour.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The most of one hour; count. */
    public long highest() {
        return byHour.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /**
     * The hours from the first to the last in bars of equal length.
     *
     * @param most bars; at least 1
     * @throws IllegalStateException where nothing was counted
     */
    public Bars bars(int most) {
        if (isEmpty()) {
            throw new IllegalStateException("Nothing was counted.");
        }
        long first = byHour.firstKey();
        long hours = byHour.lastKey() - first + 1;
        long each = Math.max(1, (hours + most - 1) / most);
        long[] counts = new long[(int) ((hours + each - 1) / each)];
        byHour.forEach((hour, requests) -> counts[(int) ((hour - first) / each)] += requests);
        return new Bars(first * HOUR_MS, each, Arrays.stream(counts).boxed().toList());
    }

    /**
     * Requests by time.
     *
     * @param fromMs begin of the first bar, milliseconds since 1970
     * @param hours length of each bar
     * @param counts one for each bar, oldest first
     */
    public record Bars(long fromMs, long hours, List<Long> counts) {
        public Bars {
            counts = List.copyOf(counts);
        }

        /** End of the last bar, milliseconds since 1970. */
        public long toMs() {
            return fromMs + counts.size() * hours * HOUR_MS;
        }
    }
}
