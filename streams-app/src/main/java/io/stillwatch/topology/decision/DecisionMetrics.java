package io.stillwatch.topology.decision;

import io.stillwatch.decision.Change;
import io.stillwatch.metrics.PipelineMeters;
import io.stillwatch.schema.DecisionAction;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Counts decisions since the task started, rehearsed ones included: by action, taken back, and held by the ceiling. */
final class DecisionMetrics {
    private static final String GROUP = "stillwatch-decisions";

    private final ProcessorContext<?, ?> context;
    private final PipelineMeters meters;
    private final Map<DecisionAction, Sensor> made = new EnumMap<>(DecisionAction.class);
    private final Sensor takenBack;
    private final Sensor beyondCeiling;

    DecisionMetrics(ProcessorContext<?, ?> context) {
        this.context = context;
        this.meters = PipelineMeters.of(context.appConfigs());
        for (DecisionAction action : DecisionAction.values()) {
            made.put(action, sensor(action.name().toLowerCase(Locale.ROOT)));
        }
        takenBack = sensor("lifted");
        beyondCeiling = sensor("beyond-ceiling");
    }

    private Sensor sensor(String what) {
        String task = context.taskId().toString();
        Sensor sensor = context.metrics().addSensor(GROUP + "." + task + "." + what, Sensor.RecordingLevel.INFO);
        sensor.add(
                new MetricName(
                        what + "-total",
                        GROUP,
                        "Decisions: " + what + ", since the task started.",
                        Map.of("task-id", task)),
                new CumulativeSum());
        return sensor;
    }

    private Sensor made(DecisionAction action) {
        return Objects.requireNonNull(made.get(action), action::name);
    }

    void count(Change change) {
        change.decision().ifPresentOrElse(decision -> made(decision.getAction()).record(), takenBack::record);
        meters.decided(change.decision()
                .map(decision -> decision.getAction().name().toLowerCase(Locale.ROOT))
                .orElse("lifted"));
        if (change.beyondCeiling()) {
            beyondCeiling.record();
        }
    }
}
