package io.stillwatch.topology;

import io.stillwatch.schema.Alert;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Hands steps of alerts' lives on to the nodes that write them. */
final class AlertForwarder {
    private final ProcessorContext<String, Object> context;
    private final List<String> nodes;

    AlertForwarder(ProcessorContext<String, Object> context, List<String> nodes) {
        this.context = context;
        this.nodes = nodes;
    }

    void publish(Alert alert) {
        Record<String, Object> record = new Record<>(
                alert.getEntityId(),
                alert,
                alert.getTime(),
                CloudEventHeaders.of(
                        alert.getAlertId() + "/" + alert.getSequence(),
                        "io.stillwatch.alert.v1",
                        "application/avro",
                        alert.getTime()));
        for (String node : nodes) {
            context.forward(record, node);
        }
    }
}
