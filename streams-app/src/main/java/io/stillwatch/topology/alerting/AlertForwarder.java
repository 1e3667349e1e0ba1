package io.stillwatch.topology.alerting;

import io.stillwatch.metrics.PipelineMeters;
import io.stillwatch.schema.Alert;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.EventTypes;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands steps of alerts' lives on to the nodes that write them. */
public final class AlertForwarder {
    private final ProcessorContext<String, Object> context;
    private final List<String> nodes;
    private final PipelineMeters meters;

    public AlertForwarder(ProcessorContext<String, Object> context, List<String> nodes) {
        this.context = context;
        this.nodes = nodes;
        this.meters = PipelineMeters.of(context.appConfigs());
    }

    public void publish(Alert alert) {
        for (String node : nodes) {
            context.forward(record(alert), node);
        }
        meters.alerted(
                alert.getFindings().isEmpty()
                        ? "none"
                        : alert.getFindings().get(0).getSignatureId(),
                alert.getState().name().toLowerCase(Locale.ROOT),
                alert.getSeverity());
    }

    /** Made anew for every node: whoever writes another format than Avro says so in the headers. */
    private static Record<String, Object> record(Alert alert) {
        return new Record<>(
                alert.getEntityId(),
                alert,
                alert.getTime(),
                CloudEventHeaders.of(
                        alert.getAlertId() + "/" + alert.getSequence(),
                        EventTypes.ALERT,
                        "application/avro",
                        alert.getTime()));
    }
}
