package io.stillwatch.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.stillwatch.metrics.MetricNames.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** All meters of a process: Prometheus reads them, and an OTLP collector is sent them where one is named. Thread-safe. */
public final class Meters implements AutoCloseable {
    private static final Path MEMORY = Path.of("/proc/self/statm");
    private static final long PAGE_BYTES = 4_096;

    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final CompositeMeterRegistry all = new CompositeMeterRegistry();
    private final PipelineMeters pipeline;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    /** A counter holds what it asks but weakly. */
    private final List<LongSupplier> held = new CopyOnWriteArrayList<>();

    private final Map<String, Timer> lookUps = new ConcurrentHashMap<>();

    /**
     * Begins to measure.
     *
     * @param otlpUrl where an OTLP collector takes metrics over HTTP
     * @param version of the product
     */
    public Meters(Optional<String> otlpUrl, String version) {
        all.add(prometheus);
        otlpUrl.ifPresent(url -> all.add(new OtlpMeterRegistry(
                key -> switch (key) {
                    case "otlp.url" -> url;
                    case "otlp.resourceAttributes" -> "service.name=stillwatch,service.version=" + version;
                    default -> null;
                },
                Clock.SYSTEM)));
        pipeline = new PipelineMeters(all);
        new JvmMemoryMetrics().bindTo(all);
        collections.bindTo(all);
        new JvmThreadMetrics().bindTo(all);
        new ClassLoaderMetrics().bindTo(all);
        new ProcessorMetrics().bindTo(all);
        new UptimeMetrics().bindTo(all);
        new FileDescriptorMetrics().bindTo(all);
        gauge(MetricNames.BUILD, () -> 1, version, Runtime.version().toString());
        if (Files.isReadable(MEMORY)) {
            gauge(MetricNames.RESIDENT_BYTES, Meters::residentBytes);
        }
    }

    private static double residentBytes() {
        try {
            String[] pages = Files.readString(MEMORY, StandardCharsets.US_ASCII).split(" ", 3);
            return Long.parseLong(pages[1]) * (double) PAGE_BYTES;
        } catch (IOException | NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** For binders of libraries. */
    public MeterRegistry registry() {
        return all;
    }

    /** What the pipeline's tasks write to. */
    public PipelineMeters pipeline() {
        return pipeline;
    }

    /** All of them in Prometheus' text format. */
    public String scrape() {
        return prometheus.scrape();
    }

    private void gauge(Metric metric, DoubleSupplier value, String... labels) {
        Gauge.builder(metric.name(), value::getAsDouble)
                .description(metric.help())
                .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
                .tags(tags(metric, labels))
                .strongReference(true)
                .register(all);
    }

    private static Tags tags(Metric metric, String... values) {
        Tags tags = Tags.empty();
        for (int at = 0; at < values.length; at++) {
            tags = tags.and(metric.labels().get(at), values[at]);
        }
        return tags;
    }

    private Timer timer(Metric metric, Duration least, Duration most, String... labels) {
        return Timer.builder(metric.name())
                .description(metric.help())
                .tags(tags(metric, labels))
                .publishPercentileHistogram()
                .minimumExpectedValue(least)
                .maximumExpectedValue(most)
                .register(all);
    }

    /**
     * Counts a gateway's look-up and how long it took.
     *
     * @param verdict a word for the answer to a gateway
     */
    public void lookedUp(String verdict, long nanos) {
        lookUps.computeIfAbsent(
                        verdict,
                        word -> timer(MetricNames.LOOK_UP, Duration.ofNanos(1_000), Duration.ofMillis(100), word))
                .record(Duration.ofNanos(nanos));
    }

    /** Shows the deliveries of a sink. */
    public void sink(String sink, LongSupplier delivered, LongSupplier failedAttempts, LongSupplier givenUp) {
        held.addAll(List.of(delivered, failedAttempts, givenUp));
        Map.of("delivered", delivered, "failed_attempt", failedAttempts, "given_up", givenUp)
                .forEach((outcome, count) -> FunctionCounter.builder(
                                MetricNames.SINK_DELIVERIES.name(), count, LongSupplier::getAsLong)
                        .description(MetricNames.SINK_DELIVERIES.help())
                        .tags(tags(MetricNames.SINK_DELIVERIES, sink, outcome))
                        .register(all));
    }

    /** Shows whether the pipeline processes. */
    public void ready(BooleanSupplier ready) {
        gauge(MetricNames.READY, () -> ready.getAsBoolean() ? 1 : 0);
    }

    /** Shows the native memory of the state stores. */
    public void rocksDb(LongSupplier used, LongSupplier ceiling) {
        gauge(MetricNames.ROCKSDB_BYTES, used::getAsLong);
        gauge(MetricNames.ROCKSDB_LIMIT, ceiling::getAsLong);
    }

    /** Shows what accounts in memory may take. */
    public void cacheLimit(long bytes) {
        gauge(MetricNames.CACHE_LIMIT, () -> bytes);
    }

    /** Shows the records that wait; NaN where that is not known. */
    public void backlog(DoubleSupplier records) {
        gauge(MetricNames.BACKLOG, records);
    }

    /** Shows what the data directory takes. */
    public void dataDirectory(DoubleSupplier bytes) {
        gauge(MetricNames.DATA_BYTES, bytes);
    }

    /** Shows alerts that are open. */
    public void openAlerts(String severity, DoubleSupplier alerts) {
        gauge(MetricNames.OPEN_ALERTS, alerts, severity);
    }

    /** Shows decisions in force. */
    public void activeDecisions(String action, DoubleSupplier decisions) {
        gauge(MetricNames.ACTIVE_DECISIONS, decisions, action);
    }

    /** From events to alerts that can be read. */
    public Timer eventToAlert() {
        return timer(MetricNames.EVENT_TO_ALERT, Duration.ofMillis(10), Duration.ofHours(2));
    }

    @Override
    public void close() {
        collections.close();
        all.close();
    }
}
