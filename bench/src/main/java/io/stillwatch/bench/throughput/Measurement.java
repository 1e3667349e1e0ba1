package io.stillwatch.bench.throughput;

import java.util.Map;

/**
 * One run of one topology.
 *
 * @param contender its name
 * @param events processed and committed
 * @param seconds that took, from the moment Streams was running
 * @param cpuSeconds processor time of each part of the process in that time; unlike the elapsed time it hardly grows
 *     when other programs want the processor as well
 * @param whole whether that was all there were, not what fitted into the time limit
 */
record Measurement(String contender, long events, double seconds, Map<Part, Double> cpuSeconds, boolean whole) {
    double eventsPerSecond() {
        return events / seconds;
    }

    double cpuMicrosPerEvent() {
        return cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum() * 1e6 / events;
    }

    double cpuMicrosPerEvent(Part part) {
        return cpuSeconds.getOrDefault(part, 0.0) * 1e6 / events;
    }
}
