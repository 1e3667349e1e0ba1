package io.stillwatch.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.stillwatch.metrics.MetricNames.Metric;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * The meters that the pipeline's tasks write to. A task adds what it counted once a second, not at every event, so nothing
 * here is on the way of an event. Thread-safe.
 */
public final class PipelineMeters {
    /** Key of Streams' configuration under which the tasks find them. */
    public static final String CONFIG = "stillwatch.meters";

    /** Signatures told apart in labels; further ones are called {@code other}. */
    private static final int MOST_SIGNATURES = 200;

    private static final String OTHER = "other";
    private static final List<String> LOSSES = List.of("late", "duplicate", "unreadable", "ahead", "evicted");
    private static final List<String> ACTIONS = List.of("allow", "throttle", "challenge", "block", "lifted");

    private final MeterRegistry registry;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, String> signatures = new ConcurrentHashMap<>();
    private final Map<Integer, TaskSample> tasks = new ConcurrentHashMap<>();
    private final AtomicInteger lastTask = new AtomicInteger();
    private final Timer look;
    /** A counter holds what it asks but weakly. */
    private volatile LongSupplier quarantined = () -> 0;

    private volatile int signaturesInEffect;
    private volatile int unreadableSignatures;

    /** Meters of a registry, which stays the caller's. */
    public PipelineMeters(MeterRegistry registry) {
        this.registry = registry;
        look = timer(MetricNames.LOOK, Duration.ofNanos(50_000), Duration.ofSeconds(5));
        counter(MetricNames.REQUESTS);
        counter(MetricNames.FINGERPRINTS);
        counter(MetricNames.MISPLACED);
        counter(MetricNames.NEW_ACCOUNTS);
        counter(MetricNames.SUPPRESSIONS);
        // What has not happened yet is told as 0: a rate can begin at nothing, but not at the first of something.
        LOSSES.forEach(cause -> counter(MetricNames.LOSSES, cause));
        ACTIONS.forEach(action -> counter(MetricNames.DECISIONS, action));
        counter(MetricNames.DEAD_LETTERS, "requests");
        sum(MetricNames.ACCOUNTS, TaskSample::accounts);
        sum(MetricNames.PANES, TaskSample::panes);
        sum(MetricNames.CACHED_ACCOUNTS, TaskSample::cachedAccounts);
        sum(MetricNames.CACHE_BYTES, TaskSample::cacheBytes);
        sum(MetricNames.CAMPAIGNS, TaskSample::campaigns);
        sum(MetricNames.CAMPAIGN_MEMBERS, TaskSample::members);
        sum(MetricNames.LINKED_ACCOUNTS, TaskSample::linkedAccounts);
        gauge(MetricNames.SIGNATURES, () -> signaturesInEffect);
        gauge(MetricNames.UNREADABLE_SIGNATURES, () -> unreadableSignatures);
        gauge(MetricNames.EVENT_TIME_LAG, this::eventTimeLagSeconds);
    }

    /** Those that Streams' configuration names; where it names none, meters that nobody reads. */
    public static PipelineMeters of(Map<String, ?> configs) {
        return configs.get(CONFIG) instanceof PipelineMeters given
                ? given
                : new PipelineMeters(new SimpleMeterRegistry());
    }

    private static Tags tags(Metric metric, String... values) {
        Tags tags = Tags.empty();
        for (int at = 0; at < values.length; at++) {
            tags = tags.and(metric.labels().get(at), values[at]);
        }
        return tags;
    }

    private Counter counter(Metric metric, String... values) {
        return counters.computeIfAbsent(
                metric.name() + '\n' + String.join("\n", values),
                unused -> Counter.builder(metric.name())
                        .description(metric.help())
                        .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
                        .tags(tags(metric, values))
                        .register(registry));
    }

    private Timer timer(Metric metric, Duration least, Duration most, String... values) {
        return Timer.builder(metric.name())
                .description(metric.help())
                .tags(tags(metric, values))
                .publishPercentileHistogram()
                .minimumExpectedValue(least)
                .maximumExpectedValue(most)
                .register(registry);
    }

    private void gauge(Metric metric, DoubleSupplier value, String... values) {
        Gauge.builder(metric.name(), value::getAsDouble)
                .description(metric.help())
                .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
                .tags(tags(metric, values))
                .strongReference(true)
                .register(registry);
    }

    private void sum(Metric metric, ToLongFunction<TaskSample> part) {
        gauge(metric, () -> tasks.values().stream().mapToLong(part).sum());
    }

    private double eventTimeLagSeconds() {
        return tasks.values().stream()
                .mapToLong(TaskSample::clockMs)
                .filter(clockMs -> clockMs != TaskSample.NO_TIME)
                .mapToDouble(clockMs -> (System.currentTimeMillis() - clockMs) / 1e3)
                .max()
                .orElse(Double.NaN);
    }

    /** A task that began: what it is given is shown until it is ended. */
    public final class Task implements AutoCloseable {
        private final int number = lastTask.incrementAndGet();
        private final TaskSample sample = new TaskSample();

        private Task() {
            tasks.put(number, sample);
        }

        public TaskSample sample() {
            return sample;
        }

        @Override
        public void close() {
            tasks.remove(number);
        }
    }

    public Task begin() {
        return new Task();
    }

    /**
     * Counts requests that counted.
     *
     * @param records that counted
     */
    public void counted(long records) {
        counter(MetricNames.REQUESTS).increment((double) records);
    }

    public void fingerprinted(long records) {
        counter(MetricNames.FINGERPRINTS).increment((double) records);
    }

    /**
     * Counts requests that came on another partition than their account's.
     *
     * @param records that were sent on
     */
    public void misplaced(long records) {
        counter(MetricNames.MISPLACED).increment((double) records);
    }

    /**
     * Counts accounts that were seen for the first time.
     *
     * @param accounts count
     */
    public void met(long accounts) {
        counter(MetricNames.NEW_ACCOUNTS).increment((double) accounts);
    }

    /**
     * What this process has done so far; counts.
     *
     * @param counted requests that went into a profile
     * @param late requests that came too late to count
     * @param repeated requests that were sent before
     * @param unreadable records that could not be read
     * @param misplaced requests that were sent on to their account's partition
     * @param accounts that were seen for the first time
     */
    public record Tally(long counted, long late, long repeated, long unreadable, long misplaced, long accounts) {}

    /** What this process has done so far. */
    public Tally tally() {
        return new Tally(
                count(MetricNames.REQUESTS),
                count(MetricNames.LOSSES, "late"),
                count(MetricNames.LOSSES, "duplicate"),
                count(MetricNames.LOSSES, "unreadable"),
                count(MetricNames.MISPLACED),
                count(MetricNames.NEW_ACCOUNTS));
    }

    private long count(Metric metric, String... labels) {
        return Math.round(counter(metric, labels).count());
    }

    /**
     * Counts losses by cause.
     *
     * @param cause a word for the kind of loss
     */
    public void lost(String cause, long records) {
        counter(MetricNames.LOSSES, cause).increment((double) records);
    }

    /**
     * Counts a record that was set aside.
     *
     * @param topic the last part of its name
     */
    public void setAside(String topic) {
        counter(MetricNames.DEAD_LETTERS, topic).increment();
    }

    /**
     * Shows how many records are held back.
     *
     * @param records asks for the number since the process started
     */
    public void quarantined(LongSupplier records) {
        quarantined = records;
        FunctionCounter.builder(MetricNames.QUARANTINED.name(), this, meters -> meters.quarantined.getAsLong())
                .description(MetricNames.QUARANTINED.help())
                .register(registry);
    }

    public void looked(long nanos) {
        look.record(Duration.ofNanos(nanos));
    }

    public void found(String signature, String severity) {
        counter(MetricNames.FINDINGS, bounded(signature), severity).increment();
    }

    public void allowed(long findings) {
        if (findings > 0) {
            counter(MetricNames.SUPPRESSIONS).increment((double) findings);
        }
    }

    public void alerted(String signature, String state, String severity) {
        counter(MetricNames.ALERTS, bounded(signature), state, severity).increment();
    }

    /**
     * Counts a decision.
     *
     * @param action a word for it, or {@code lifted}
     */
    public void decided(String action) {
        counter(MetricNames.DECISIONS, action).increment();
    }

    /**
     * Counts look-ups in the cache.
     *
     * @param hits accounts that were in memory; count
     */
    public void asked(long hits, long misses) {
        counter(MetricNames.CACHE_LOOKUPS, "hit").increment((double) hits);
        counter(MetricNames.CACHE_LOOKUPS, "miss").increment((double) misses);
    }

    /**
     * Tells what is in effect; alerts of those that have none yet are shown as 0, so that the first makes a difference.
     *
     * @param severities by signature
     */
    public void signatures(Map<String, String> severities, int unreadable) {
        signaturesInEffect = severities.size();
        unreadableSignatures = unreadable;
        severities.forEach(
                (signature, severity) -> counter(MetricNames.ALERTS, bounded(signature), "opened", severity));
    }

    /** Whoever may publish signatures chooses their names. */
    private String bounded(String signature) {
        String known = signatures.get(signature);
        if (known != null) {
            return known;
        }
        if (signatures.size() >= MOST_SIGNATURES) {
            return OTHER;
        }
        signatures.putIfAbsent(signature, signature);
        return signature;
    }
}
