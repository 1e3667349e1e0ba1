package io.stillwatch.bench.throughput;

/**
 * One run of one topology.
 *
 * @param contender its name
 * @param events processed and committed
 * @param seconds that took, from the moment Streams was running
 * @param whole whether that was all there were, not what fitted into the time limit
 */
record Measurement(String contender, long events, double seconds, boolean whole) {
    double eventsPerSecond() {
        return events / seconds;
    }
}
