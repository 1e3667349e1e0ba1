package io.stillwatch.topology;

import java.time.Duration;

/**
 * What can be set about the pipeline.
 *
 * @param grace how late an event may be, against its account's own clock, and still count
 * @param quietTime event time without a finding after which an alert closes
 * @param retention how long panes are kept behind the partition's clock; at least the longest window plus grace
 * @param cacheBytes heap for decoded accounts, a partition
 * @param partitions partitions of the requests topic, so that records on a foreign partition are noticed
 * @param productVersion release that alerts name as their product
 */
public record PipelineOptions(
        Duration grace,
        Duration quietTime,
        Duration retention,
        long cacheBytes,
        int partitions,
        String productVersion) {

    /** The defaults for a requests topic of that many partitions. */
    public static PipelineOptions defaults(int partitions, String productVersion) {
        return new PipelineOptions(
                Duration.ofHours(1), Duration.ofHours(24), Duration.ofHours(48), 64L << 20, partitions, productVersion);
    }
}
