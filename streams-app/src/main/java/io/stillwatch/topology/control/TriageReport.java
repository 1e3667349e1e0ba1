package io.stillwatch.topology.control;

import io.stillwatch.text.Printable;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows in the metrics what became of analysts' orders. */
public final class TriageReport {
    private static final String GROUP = "stillwatch-triage-metrics";

    private static final Logger LOG = LoggerFactory.getLogger(TriageReport.class);

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

    /**
     * Carries out an order; one that cannot be is passed over, as the topic takes whatever is written to it, and all of it
     * is read again at every start.
     *
     * @param order its place in the topic
     */
    public static void carryOut(LiveTriage.Order order, Consumer<LiveTriage.Order> how) {
        try {
            how.accept(order);
        } catch (KafkaException of) {
            throw of;
        } catch (RuntimeException | StackOverflowError impossible) {
            LOG.warn(
                    "Skipped an order of an analyst that cannot be carried out, at offset {}: {}",
                    order.offset(),
                    Printable.escape(impossible.toString()));
        }
    }

    public void took(boolean made) {
        (made ? taken : ignored).record();
    }
}
