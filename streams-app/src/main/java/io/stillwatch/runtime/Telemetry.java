package io.stillwatch.runtime;

import io.micrometer.core.instrument.Timer;
import io.stillwatch.console.Health;
import io.stillwatch.metrics.Meters;
import io.stillwatch.metrics.PipelineMeters;
import io.stillwatch.replay.AlertFollower;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.topology.Pipeline;
import io.stillwatch.topology.PipelineException;
import io.stillwatch.topology.PipelineOptions;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a running pipeline tells those who run it: its health, and the metrics that are asked for now and then instead of
 * counted where things happen. Has threads of its own; whatever fails here, the pipeline goes on.
 */
public final class Telemetry implements Health, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);
    private static final Duration SAMPLE_EVERY = Duration.ofSeconds(5);
    private static final int MEASURE_DISK_EVERY = 12;
    private static final Duration POLL = Duration.ofMillis(500);

    /** An alert about what happened earlier is one of a replay, not of live traffic. */
    private static final long LIVE_MS = Duration.ofHours(6).toMillis();

    private static final List<String> SEVERITIES = List.of("informational", "low", "medium", "high", "critical");

    private final Meters meters;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Integer> openBySeverity = new ConcurrentHashMap<>();
    private final Map<DecisionAction, Integer> inForce = new ConcurrentHashMap<>();
    private volatile double backlog = Double.NaN;
    private volatile double dataBytes = Double.NaN;
    private volatile @Nullable Pipeline pipeline;
    private volatile boolean opened;
    private AutoCloseable kafka = () -> {};

    /** @param meters stay the caller's to close, after this */
    public Telemetry(Meters meters) {
        this.meters = meters;
        meters.ready(() -> now().ready());
        meters.backlog(() -> backlog);
        meters.dataDirectory(() -> dataBytes);
        for (String severity : SEVERITIES) {
            meters.openAlerts(severity, () -> openBySeverity.getOrDefault(severity, 0));
        }
        for (DecisionAction action : DecisionAction.values()) {
            meters.activeDecisions(action.name().toLowerCase(Locale.ROOT), () -> inForce.getOrDefault(action, 0));
        }
    }

    /** What the pipeline's tasks write to. */
    PipelineMeters pipelineMeters() {
        return meters.pipeline();
    }

    /** Tells of a pipeline from the moment it begins to start. */
    void watch(Pipeline starting, PipelineOptions options) {
        pipeline = starting;
        meters.cacheLimit(options.cacheBytes());
        kafka = starting.bindTo(meters);
    }

    /**
     * How a pipeline gets on.
     *
     * @param done what this process has done so far
     * @param openAlerts alerts that are open, of all processes
     * @param waiting records that wait to be processed, of all processes; NaN where Kafka does not say
     */
    public record Pulse(PipelineMeters.Tally done, long openAlerts, double waiting) {}

    /** How the pipeline gets on now. */
    public Pulse pulse() {
        return new Pulse(
                meters.pipeline().tally(),
                openBySeverity.values().stream().mapToLong(Integer::longValue).sum(),
                backlog);
    }

    /** Asks a pipeline that runs, from now on. */
    void open(PipelineSession session) {
        opened = true;
        begin("stillwatch-samples", () -> sample(session));
        begin("stillwatch-alert-delays", () -> follow(session));
    }

    private void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void sample(PipelineSession session) {
        try {
            for (int turn = 0; !closed.await(turn == 0 ? 0 : SAMPLE_EVERY.toMillis(), TimeUnit.MILLISECONDS); turn++) {
                try {
                    backlog = session.waiting();
                    Map<DecisionAction, Integer> counts = session.decisions().inForce(System.currentTimeMillis());
                    inForce.keySet().retainAll(counts.keySet());
                    inForce.putAll(counts);
                    if (turn % MEASURE_DISK_EVERY == 0) {
                        dataBytes = size(session.cluster().dataDirectory());
                    }
                } catch (KafkaException | PipelineException | IOException e) {
                    backlog = Double.NaN;
                    LOG.debug("The pipeline could not be asked for its metrics.", e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Files come and go while they are counted; those that are gone count nothing. */
    private static double size(Path directory) throws IOException {
        AtomicLong bytes = new AtomicLong();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                bytes.addAndGet(attributes.size());
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return bytes.get();
    }

    private void follow(PipelineSession session) {
        Map<String, String> open = new HashMap<>();
        Timer delays = meters.eventToAlert();
        while (closed.getCount() > 0) {
            open.clear();
            long beganMs = System.currentTimeMillis();
            try (AlertFollower follower = session.eachAlert(step -> take(step, open, delays, beganMs))) {
                while (!closed.await(0, TimeUnit.MILLISECONDS)) {
                    follower.poll(POLL);
                    count(open);
                }
            } catch (KafkaException e) {
                LOG.debug("Alerts could not be read for the metrics.", e);
                if (!waited()) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean waited() {
        try {
            return !closed.await(SAMPLE_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void take(Alert step, Map<String, String> open, Timer delays, long beganMs) {
        String entity = step.getEntityType() + '/' + step.getEntityId();
        if (step.getState() == AlertState.CLOSED) {
            open.remove(entity);
        } else {
            open.put(entity, step.getSeverity());
        }
        boolean opens = step.getState() == AlertState.OPENED || step.getState() == AlertState.REOPENED;
        long nowMs = System.currentTimeMillis();
        // What was there before this began has waited for this, not for the pipeline.
        if (opens && step.getTime() >= beganMs - LIVE_MS && step.getTime() <= nowMs && nowMs - beganMs > 2_000) {
            delays.record(Duration.ofMillis(nowMs - step.getTime()));
        }
    }

    private void count(Map<String, String> open) {
        Map<String, Integer> counts = new HashMap<>();
        open.values().forEach(severity -> counts.merge(severity, 1, Integer::sum));
        openBySeverity.keySet().retainAll(counts.keySet());
        openBySeverity.putAll(counts);
    }

    @Override
    public State now() {
        Pipeline running = pipeline;
        if (running == null) {
            return State.of(false, "starting");
        }
        Pipeline.Standing standing = running.standing();
        Optional<String> reason =
                running.failure().map(failure -> PipelineException.of(failure).getMessage());
        boolean ready = standing.running() && opened;
        return new State(
                reason.isEmpty(),
                ready,
                standing.running() && !opened ? "starting" : standing.word(),
                reason,
                standing.stores(),
                standing.restored(),
                standing.toRestore());
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            kafka.close();
        } catch (Exception e) {
            throw new IllegalStateException("The metrics of Kafka are not let go: " + e.getMessage(), e);
        }
    }
}
