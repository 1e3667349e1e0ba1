package io.stillwatch.bench.throughput;

/**
 * One run of one topology.
 *
 * @param contender its name
 * @param events processed and committed
 * @param seconds that took, from the moment Streams was running
 * @param cpuSeconds processor time of the whole process in that time, broker, compiler and collector included; unlike
 *     the elapsed time it hardly grows when other programs want the processor as well
 * @param whole whether that was all there were, not what fitted into the time limit
 */
record Measurement(String contender, long events, double seconds, double cpuSeconds, boolean whole) {
    double eventsPerSecond() {
        return events / seconds;
    }

    double cpuMicrosPerEvent() {
        return cpuSeconds * 1e6 / events;
    }
}
