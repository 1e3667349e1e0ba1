package io.stillwatch.topology.account;

import io.stillwatch.account.SourceLedger;
import io.stillwatch.metrics.PipelineMeters;
import io.stillwatch.profile.Loss;
import io.stillwatch.schema.SourceLosses;
import io.stillwatch.topology.record.CloudEventHeaders;
import io.stillwatch.topology.record.EventTypes;
import io.stillwatch.topology.state.AccountStore;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.metrics.stats.CumulativeSum;
import org.apache.kafka.common.metrics.stats.Rate;
import org.apache.kafka.common.metrics.stats.Value;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Enters what happens to records into the loss ledger and the metrics, and shows the ledger on its topic. */
final class LossReport {
    private static final int LONGEST_SOURCE = 200;
    private static final String GROUP = "stillwatch-loss-metrics";

    private final ProcessorContext<String, Object> context;
    private final String node;
    private final Sensor counted;
    private final Map<Loss, Sensor> lost = new EnumMap<>(Loss.class);
    /** A sensor takes longer than all else that counting does, so it is told now and then. */
    private final Sensor unreadableDefinitions;

    private final PipelineMeters meters;
    private long countedSince;

    private byte[] lastHeader = new byte[0];
    private String lastSource = "";

    /** @param node that takes lines of the ledger */
    LossReport(ProcessorContext<String, Object> context, String node) {
        this.context = context;
        this.node = node;
        this.meters = PipelineMeters.of(context.appConfigs());
        counted = sensor("counted");
        unreadableDefinitions = definitions();
        for (Loss kind : Loss.values()) {
            lost.put(kind, sensor(word(kind)));
        }
    }

    private static String word(Loss kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private Sensor definitions() {
        String task = context.taskId().toString();
        String name = "unreadable-signature-definitions";
        Sensor sensor = context.metrics().addSensor(GROUP + "." + task + "." + name, Sensor.RecordingLevel.INFO);
        sensor.add(
                new MetricName(
                        name,
                        GROUP,
                        "Published signature definitions that cannot be read, so are not in effect.",
                        Map.of("task-id", task)),
                new Value());
        return sensor;
    }

    private Sensor sensor(String what) {
        String task = context.taskId().toString();
        Map<String, String> tags = Map.of("task-id", task);
        Sensor sensor = context.metrics().addSensor(GROUP + "." + task + "." + what, Sensor.RecordingLevel.INFO);
        sensor.add(
                new MetricName(what + "-records-total", GROUP, "Records " + what + " since the task started.", tags),
                new CumulativeSum());
        sensor.add(new MetricName(what + "-records-rate", GROUP, "Records " + what + " a second.", tags), new Rate());
        return sensor;
    }

    /** Shows how many published signature definitions cannot be read now. */
    void unreadableDefinitions(int definitions) {
        unreadableDefinitions.record((double) definitions);
    }

    /** The source that a record names (CloudEvents' attribute), or the topic it came from. */
    String source(Headers headers) {
        Header header = headers.lastHeader(CloudEventHeaders.SOURCE);
        if (header == null || header.value() == null || header.value().length == 0) {
            return context.recordMetadata().map(record -> record.topic()).orElse(SourceLedger.OTHERS);
        }
        if (!Arrays.equals(header.value(), lastHeader)) {
            String source = new String(header.value(), StandardCharsets.UTF_8);
            lastHeader = header.value();
            lastSource = source.length() > LONGEST_SOURCE ? source.substring(0, LONGEST_SOURCE) : source;
        }
        return lastSource;
    }

    private Sensor lostOf(Loss kind) {
        return Objects.requireNonNull(lost.get(kind), kind::name);
    }

    void counted(SourceLedger ledger, String source) {
        ledger.counted(source);
        countedSince++;
    }

    void lost(SourceLedger ledger, String source, Loss kind) {
        ledger.lost(source, kind);
        lostOf(kind).record();
        meters.lost(word(kind), 1);
    }

    void noted(SourceLedger ledger, String source, Loss kind, long records) {
        ledger.noted(source, kind, records);
        lostOf(kind).record((double) records);
        meters.lost(word(kind), records);
    }

    /** Shows what has changed. */
    void publish(AccountStore store) {
        if (countedSince > 0) {
            counted.record((double) countedSince);
            meters.counted(countedSince);
            countedSince = 0;
        }
        SourceLedger ledger = store.ledger();
        long timeMs = store.clock().started() ? Math.max(0, store.clock().nowMs()) : 0;
        int partition = context.taskId().partition();
        ledger.publish((source, line) -> {
            SourceLosses losses = SourceLosses.newBuilder()
                    .setSource(source)
                    .setPartition(partition)
                    .setTime(timeMs)
                    .setRecords(line.records())
                    .setCounted(line.counted())
                    .setLate(line.lost(Loss.LATE))
                    .setDuplicate(line.lost(Loss.DUPLICATE))
                    .setUnreadable(line.lost(Loss.UNREADABLE))
                    .setAhead(line.lost(Loss.AHEAD))
                    .setEvicted(line.lost(Loss.EVICTED))
                    .build();
            String key = source + "#" + partition;
            context.forward(
                    new Record<>(
                            key,
                            losses,
                            timeMs,
                            CloudEventHeaders.of(
                                    key + "/" + line.records() + "/" + timeMs,
                                    EventTypes.LOSSES,
                                    "application/avro",
                                    timeMs)),
                    node);
        });
    }
}
