package io.stillwatch.bench.throughput;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.EnumMap;
import java.util.Map;

/** Processor time that each part of the process has taken, in nanoseconds, since the process or its threads began. */
final class PartTimes {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private PartTimes() {}

    /** As of now; threads that have ended are in {@link Part#MACHINE}. */
    static Map<Part, Long> now() {
        Map<Part, Long> times = new EnumMap<>(Part.class);
        long rest = PROCESS.getProcessCpuTime();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            long nanos = thread == null ? -1 : THREADS.getThreadCpuTime(thread.getThreadId());
            if (nanos > 0) {
                times.merge(Part.ofThread(thread.getThreadName()), nanos, Long::sum);
                rest -= nanos;
            }
        }
        times.put(Part.MACHINE, rest);
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
