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
        for (String node : nodes) {
            context.forward(record(alert), node);
        }
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
