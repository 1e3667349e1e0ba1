package io.stillwatch.bench.throughput;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Processor time that each part of the process has taken, in nanoseconds, since the process or its threads began. */
final class PartTimes {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** Linux counts a thread's time in hundredths of a second. */
    private static final long TICK_NANOS = 10_000_000;

    /** Fields of {@code /proc/PID/stat} after the name. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    private record Spent(Part part, long nanos) {}

    /** By thread; those of threads that have ended stay as they were last seen. */
    private final Map<Long, Spent> byThread = new HashMap<>();

    /** As of now. What a thread that has ended took after it was last looked at is in {@link Part#NATIVE}. */
    Map<Part, Long> now() {
        long rest = PROCESS.getProcessCpuTime();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            long nanos = thread == null ? -1 : THREADS.getThreadCpuTime(thread.getThreadId());
            if (nanos > 0) {
                byThread.put(thread.getThreadId(), new Spent(Part.ofThread(thread.getThreadName()), nanos));
            }
        }
        Map<Part, Long> times = new EnumMap<>(Part.class);
        for (Spent spent : byThread.values()) {
            times.merge(spent.part(), spent.nanos(), Long::sum);
            rest -= spent.nanos();
        }
        for (Map.Entry<Part, Long> machine : ofTheMachine().entrySet()) {
            times.put(machine.getKey(), machine.getValue());
            rest -= machine.getValue();
        }
        times.put(Part.NATIVE, rest);
        return times;
    }

    private static Map<Part, Long> ofTheMachine() {
        Map<Part, Long> times = new EnumMap<>(Part.class);
        File[] threads = new File("/proc/self/task").listFiles();
        for (File thread : threads == null ? new File[0] : threads) {
            try {
                String line = Files.readString(thread.toPath().resolve("stat"));
                String name = line.substring(line.indexOf('(') + 1, line.lastIndexOf(')'));
                String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
                long nanos = (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * TICK_NANOS;
                if (name.equals("VM Thread") || name.startsWith("GC Thread")) {
                    times.merge(Part.COLLECTOR, nanos, Long::sum);
                } else if (name.matches("C[12] Compiler.*")) {
                    times.merge(Part.COMPILER, nanos, Long::sum);
                }
            } catch (IOException ended) {
                // The thread ended in between, and what it took is with the rest.
            }
        }
        return times;
    }

    /** What each part has taken from one moment to another, in seconds. */
    static Map<Part, Double> between(Map<Part, Long> start, Map<Part, Long> end) {
        Map<Part, Double> seconds = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            seconds.put(part, (end.getOrDefault(part, 0L) - start.getOrDefault(part, 0L)) / 1e9);
        }
        return seconds;
    }
}
