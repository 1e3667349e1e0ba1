package io.stillwatch.bench.steady;

import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the process held, by its own metrics, minute by minute. */
final class Held {
    private static final double MIB = 1 << 20;
    private static final int THIRDS = 3;

    /** More than this beyond the middle third is no noise. */
    private static final double FLAT = 1.10;

    private static final List<Kind> KINDS = List.of(
            // A heap fills up between collections of the whole, some minutes apart; what one leaves is what is held.
            new Kind("heap, least of a third", "MiB", true, true, scrape -> scrape.heap() / MIB),
            new Kind("resident memory", "MiB", true, false, scrape -> scrape.sum("process_resident_memory_bytes") / MIB),
            // It takes what it needs up to its ceiling, which is what must hold.
            new Kind("RocksDB, of its ceiling", "%", false, false, Held::rocksDbShare),
            new Kind("state on disk", "MiB", false, false, scrape -> scrape.sum("stillwatch_data_directory_bytes") / MIB),
            new Kind("threads", "", true, false, scrape -> scrape.sum("jvm_threads_live_threads")),
            new Kind("file handles", "", true, false, scrape -> scrape.sum("process_files_open_files")));

    private final List<double[]> minutes = new ArrayList<>();
    private final List<Scrape> minute = new ArrayList<>();
    private boolean withinCeiling = true;

    /**
     * @param judged whether growth of it fails the run; state on disk may grow until what is old is taken away
     * @param least whether its minutes' least counts, and not their mean
     */
    private record Kind(String name, String unit, boolean judged, boolean least, ToDoubleFunction<Scrape> of) {}

    private static double rocksDbShare(Scrape scrape) {
        return 100
                * scrape.sum("stillwatch_rocksdb_memory_bytes")
                / scrape.sum("stillwatch_rocksdb_memory_limit_bytes");
    }

    void add(Scrape scrape) {
        withinCeiling &= rocksDbShare(scrape) <= 100;
        minute.add(scrape);
    }

    /** Ends a minute. */
    void minuteOver() {
        double[] least = new double[KINDS.size()];
        for (int kind = 0; kind < least.length; kind++) {
            least[kind] = minute.stream()
                    .mapToDouble(KINDS.get(kind).of())
                    .min()
                    .orElse(Double.NaN);
        }
        minutes.add(least);
        minute.clear();
    }

    private double held(int kind, int from, int to) {
        DoubleSummaryStatistics of = minutes.subList(from, to).stream()
                .mapToDouble(values -> values[kind])
                .summaryStatistics();
        return KINDS.get(kind).least() ? of.getMin() : of.getAverage();
    }

    /** Prints a line for each kind; returns whether all that is judged is flat, and RocksDB below its ceiling. */
    boolean print() {
        int third = Math.max(1, minutes.size() / THIRDS);
        boolean allFlat = true;
        System.out.printf("%n%-26s %10s %10s %10s%n", "held", "1st third", "2nd third", "3rd third");
        for (int at = 0; at < KINDS.size(); at++) {
            Kind kind = KINDS.get(at);
            double middle = held(at, Math.min(third, minutes.size() - 1), Math.max(1, minutes.size() - third));
            double last = held(at, minutes.size() - third, minutes.size());
            boolean flat = last <= middle * FLAT;
            System.out.printf(
                    Locale.ROOT,
                    "%-26s %,10.0f %,10.0f %,10.0f %-4s%s%n",
                    kind.name(),
                    held(at, 0, third),
                    middle,
                    last,
                    kind.unit(),
                    flat ? "flat" : "grows");
            allFlat &= flat || !kind.judged();
        }
        return allFlat && withinCeiling;
    }
}
