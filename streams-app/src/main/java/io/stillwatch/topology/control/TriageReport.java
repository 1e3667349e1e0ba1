package io.stillwatch.topology.control;

import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Shows in the metrics what became of analysts' orders. */
public final class TriageReport {
    private static final String GROUP = "stillwatch-triage-metrics";

    private final Sensor taken;
    private final Sensor ignored;

    public TriageReport(ProcessorContext<?, ?> context) {
        taken = sensor(context, "taken", "Orders of analysts that made a step of an alert since the task started.");
        ignored = sensor(
                context,
                "ignored",
                "Orders of analysts that made none, as there is no such alert or they had been taken, since the task"
                        + " started.");
    }

    private static Sensor sensor(ProcessorContext<?, ?> context, String what, String meaning) {
        String task = context.taskId().toString();
        Sensor sensor = context.metrics().addSensor(GROUP + "." + task + "." + what, Sensor.RecordingLevel.INFO);
        sensor.add(
                new MetricName(what + "-orders-total", GROUP, meaning, Map.of("task-id", task)), new CumulativeSum());
        return sensor;
    }

    public void took(boolean made) {
        (made ? taken : ignored).record();
    }
}
