package io.stillwatch.topology.intake;

import io.stillwatch.ingest.Ingested;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands what came in to the sinks of its topics, and counts it. */
final class IntakeOutput {
    private static final String GROUP = "stillwatch-intake-metrics";

    private final IntakeRecords records;
    private final Map<String, String> sinks;
    private final ProcessorContext<byte[], byte[]> context;
    private final Sensor accepted;
    private final Sensor rejected;
    private final Sensor skipped;

    /** @param sinks node that writes to a topic, by its name */
    IntakeOutput(IntakeRecords records, Map<String, String> sinks, ProcessorContext<byte[], byte[]> context) {
        this.records = records;
        this.sinks = sinks;
        this.context = context;
        accepted = sensor("accepted");
        rejected = sensor("rejected");
        skipped = sensor("skipped");
    }

    private Sensor sensor(String what) {
        String task = context.taskId().toString();
        Sensor sensor = context.metrics().addSensor(GROUP + "." + task + "." + what, Sensor.RecordingLevel.INFO);
        sensor.add(
                new MetricName(
                        what + "-records-total",
                        GROUP,
                        "Records taken in from outside and " + what + ", since the task started.",
                        Map.of("task-id", task)),
                new CumulativeSum());
        return sensor;
    }

    /** @param timestampMs of what has no event time; milliseconds since 1970 */
    void forward(List<Ingested> told, long timestampMs) {
        for (Ingested one : told) {
            Optional<IntakeRecords.Outgoing> made = records.of(one);
            if (made.isEmpty()) {
                skipped(1);
                continue;
            }
            IntakeRecords.Outgoing outgoing = made.get();
            (one instanceof Ingested.Rejected ? rejected : accepted).record();
            context.forward(
                    new Record<>(
                            outgoing.key(),
                            outgoing.value(),
                            outgoing.timestampMs().orElse(timestampMs),
                            outgoing.headers()),
                    sinks.get(outgoing.topic()));
        }
    }

    void skipped(long count) {
        skipped.record((double) count);
    }
}
