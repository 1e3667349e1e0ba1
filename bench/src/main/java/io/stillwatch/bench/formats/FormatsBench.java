package io.stillwatch.bench.formats;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How many requests each kind of log is read at in a second of processor time, with prompts of 300 characters; and, where its
 * lines are JSON, how many a plain parser (Jackson) makes trees of: what is not spent there is spent on telling what a record
 * is, on finding its fields and on joining what belongs together.
 */
public final class FormatsBench {
    private static final int ROUNDS = 5;
    private static final ObjectMapper PARSER = new ObjectMapper();

    /** Processor time, of garbage collection too, says what one core can do however busy the machine is. */
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private FormatsBench() {}

    /**
     * Measures and prints a table.
     *
     * @param arguments requests a kind, count, 100,000 where absent; then how the names of the kinds begin that are measured,
     *     all where absent
     */
    public static void main(String[] arguments) throws Exception {
        int requests = arguments.length == 0 ? 100_000 : Integer.parseInt(arguments[0]);
        List<String> only = List.of(arguments).subList(Math.min(1, arguments.length), arguments.length);
        Path folder = Files.createTempDirectory("stillwatch-formats");
        System.out.printf(
                "%-20s %10s %10s %12s %8s %14s%n", "kind", "events/s", "us/event", "bytes/event", "MB/s", "parser alone");
        try {
            for (Kind kind : kinds(folder)) {
                if (only.isEmpty() || only.stream().anyMatch(kind.name()::startsWith)) {
                    measure(kind, requests);
                }
            }
        } finally {
            delete(folder);
        }
    }

    private static List<Kind> kinds(Path folder) {
        List<Kind> kinds = new ArrayList<>(GatewayLogs.kinds());
        kinds.addAll(TelemetryLogs.kinds());
        kinds.addAll(TableLogs.kinds(folder));
        return kinds;
    }

    private static void measure(Kind kind, int requests) throws Exception {
        byte[] log = kind.writing().of(requests);
        double best = rate(requests, () -> kind.reading().requests(log), kind.name());
        String alone = kind.lines()
                ? String.format(Locale.ROOT, "%,.0f", rate(requests, () -> parsed(log, requests), kind.name()))
                : "-";
        System.out.printf(
                Locale.ROOT,
                "%-20s %,10.0f %10.1f %,12d %,8.0f %14s%n",
                kind.name(),
                best,
                1e6 / best,
                log.length / requests,
                best * log.length / requests / 1e6,
                alone);
    }

    private interface Work {
        long requests() throws Exception;
    }

    /** The best of some rounds; requests a second. */
    private static double rate(int requests, Work work, String name) throws Exception {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long begin = PROCESS.getProcessCpuTime();
            long read = work.requests();
            double seconds = (PROCESS.getProcessCpuTime() - begin) / 1e9;
            if (read != requests) {
                throw new IllegalStateException(name + ": " + read + " of " + requests + " requests were read.");
            }
            best = Math.max(best, read / seconds);
        }
        return best;
    }

    /** Every line as a tree, by a parser that knows nothing of requests. */
    private static long parsed(byte[] log, int requests) throws IOException {
        long trees = 0;
        int from = 0;
        for (int at = 0; at < log.length; at++) {
            if (log[at] == '\n') {
                trees += PARSER.readTree(log, from, at - from).isObject() ? 1 : 0;
                from = at + 1;
            }
        }
        return trees == 0 ? 0 : requests;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
