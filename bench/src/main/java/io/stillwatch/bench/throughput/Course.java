package io.stillwatch.bench.throughput;

import io.stillwatch.bench.load.CommittedOffsets;
import io.stillwatch.bench.load.ProgressLine;
import io.stillwatch.bench.load.Workspace;
import io.stillwatch.metrics.Meters;
import io.stillwatch.metrics.PipelineMeters;
import io.stillwatch.topology.Pipeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.streams.StreamsConfig;

/** Runs topologies over the same requests with the same settings, each with a clean state, and takes their time. */
final class Course {
    private static final Duration START_WITHIN = Duration.ofMinutes(1);
    private static final Duration STUCK_AFTER = Duration.ofMinutes(3);
    private static final long LOOK_EVERY_MS = 20;

    private final Workspace workspace;
    private final String output;
    private final CommittedOffsets requests;
    private final CommittedOffsets links;
    private final CommittedOffsets deadLetters;
    private final int threads;
    private final int commitMs;
    private int runs;

    Course(Workspace workspace, String output, int partitions, int threads, int commitMs) {
        this.workspace = workspace;
        this.output = output;
        this.requests =
                new CommittedOffsets(workspace.admin(), workspace.topics().requests(), partitions);
        this.links = new CommittedOffsets(workspace.admin(), workspace.topics().links(), 1);
        this.deadLetters =
                new CommittedOffsets(workspace.admin(), workspace.topics().deadLetters(), partitions);
        this.threads = threads;
        this.commitMs = commitMs;
    }

    /**
     * Runs a topology until it has committed that many events or its time is up.
     *
     * @throws IllegalStateException where it stands still, or sets records aside
     */
    Measurement run(Contender contender, long events, Duration limit) throws InterruptedException {
        String applicationId = "bench-" + ++runs;
        Map<String, Object> properties = new HashMap<>(workspace.streamsProperties(applicationId));
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitMs);
        Optional<Meters> meters =
                contender.watched() ? Optional.of(new Meters(Optional.empty(), "bench")) : Optional.empty();
        meters.ifPresent(told -> properties.put(PipelineMeters.CONFIG, told.pipeline()));
        System.gc();
        Measurement measured;
        try (Pipeline pipeline = Pipeline.start(contender.topology().get(), workspace.topics(), properties, threads)) {
            if (!pipeline.awaitRunning(START_WITHIN)) {
                throw new IllegalStateException(contender.name() + " did not start.");
            }
            Optional<Reader> reader = meters.map(told -> Reader.begin(pipeline, told));
            measured = watch(contender, pipeline, applicationId, events, limit);
            reader.ifPresent(Reader::close);
        }
        requireNothingSetAside(contender);
        workspace.clear(applicationId, List.of(output));
        return measured;
    }

    /** Reads all metrics of a pipeline once a second. */
    private record Reader(Thread thread, AutoCloseable kafka, Meters meters) {
        static Reader begin(Pipeline pipeline, Meters meters) {
            AutoCloseable kafka = pipeline.bindTo(meters);
            Thread thread = new Thread(() -> {
                try {
                    while (!meters.scrape().isEmpty()) {
                        Thread.sleep(1_000);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            thread.setDaemon(true);
            thread.start();
            return new Reader(thread, kafka, meters);
        }

        void close() {
            thread.interrupt();
            try {
                kafka.close();
            } catch (Exception e) {
                throw new IllegalStateException("The metrics are not let go.", e);
            }
            meters.close();
        }
    }

    /**
     * Takes the time until everything is processed and committed.
     *
     * <p>What accounts share can be read only when it is committed, so after the last request a topology that reads it
     * waits for the end of the commit interval once or twice, though it has nothing to do. That wait is a delay, not work,
     * and would weigh the more the fewer events there are: it is not counted.
     */
    private Measurement watch(Contender contender, Pipeline pipeline, String applicationId, long events, Duration limit)
            throws InterruptedException {
        ProgressLine progress = new ProgressLine(contender.name(), events);
        long startNanos = System.nanoTime();
        PartTimes times = new PartTimes();
        Map<Part, Long> startTimes = times.now();
        Map<Part, Long> lastTimes = startTimes;
        long[] threadIds = StreamThreads.ids();
        Thread stop = null;
        long lookedNanos = startNanos;
        long lastNanos = startNanos;
        boolean wasIdle = false;
        long idleNanos = 0;
        long lastIdleNanos = 0;
        Committed committed = new Committed(0, 0, 0);
        CompletableFuture<Committed> asked = ask(contender, applicationId);
        while (committed.requests() < events || committed.links() < committed.linksEnd()) {
            Thread.sleep(LOOK_EVERY_MS);
            pipeline.throwFailure();
            boolean allTaken = Processed.from(workspace.topics().requests()) >= events;
            long nowNanos = System.nanoTime();
            boolean idle = allTaken && stop == null && StreamThreads.wait(threadIds);
            if (idle && wasIdle) {
                idleNanos += nowNanos - lookedNanos;
            }
            wasIdle = idle;
            lookedNanos = nowNanos;
            if (asked.isDone()) {
                Committed now = asked.join();
                if (now.requests() > committed.requests() || now.links() > committed.links()) {
                    lastNanos = nowNanos;
                    lastIdleNanos = idleNanos;
                    lastTimes = times.now();
                }
                committed = now;
                asked = ask(contender, applicationId);
            }
            progress.at(committed.requests());
            // A topology is done when it has nothing left to do, not when its commit interval happens to end.
            if (stop == null
                    && (contender.readsLinks() ? committed.requests() >= events && allLinksTaken() : allTaken)) {
                times.now();
                stop = new Thread(pipeline::close, "main-stop");
                stop.start();
            }
            if (nowNanos - startNanos > limit.toNanos() && committed.requests() > 0) {
                break;
            }
            if (nowNanos - lastNanos > STUCK_AFTER.toNanos()) {
                throw new IllegalStateException(
                        contender.name() + " stands still after " + committed.requests() + " events.");
            }
        }
        return new Measurement(
                contender.name(),
                committed.requests(),
                (lastNanos - startNanos - lastIdleNanos) / 1e9,
                PartTimes.between(startTimes, lastTimes),
                committed.requests() >= events);
    }

    /**
     * What a topology has committed.
     *
     * @param requests records of the requests topic
     * @param links records of the links topic; 0 for a topology that does not read it
     * @param linksEnd records in the links topic; 0 likewise
     */
    private record Committed(long requests, long links, long linksEnd) {}

    /** Asks without waiting: a busy broker's answer can take as long as a whole run. */
    private CompletableFuture<Committed> ask(Contender contender, String applicationId) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                long processed = requests.of(applicationId);
                return contender.readsLinks()
                        ? new Committed(processed, links.of(applicationId), links.end())
                        : new Committed(processed, 0, 0);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new CompletionException(stop);
            }
        });
    }

    private boolean allLinksTaken() {
        String topic = workspace.topics().links();
        return Processed.from(topic) >= Processed.to(topic);
    }

    private void requireNothingSetAside(Contender contender) throws InterruptedException {
        if (deadLetters.end() > 0) {
            throw new IllegalStateException(
                    contender.name() + " set records aside, so the figures would be of something else.");
        }
    }
}
