package io.stillwatch.bench.scale;

import io.stillwatch.bench.load.CommittedOffsets;
import io.stillwatch.bench.load.ProgressLine;
import io.stillwatch.bench.load.Workspace;
import io.stillwatch.bench.process.Bytes;
import io.stillwatch.bench.process.PipelineProcess;
import io.stillwatch.bench.process.ResidentMemory;
import io.stillwatch.replay.Backlog;
import io.stillwatch.replay.Feeder;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.schema.serde.SerdeFactory;
import io.stillwatch.schema.serde.WireFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/** Sends events no farther ahead of the pipeline than what Kafka keeps, and watches what the pipeline takes meanwhile. */
final class Replay {
    private static final int LOOK_EVERY_EVENTS = 10_000;
    private static final long LOOK_EVERY_MS = 200;
    private static final Duration DISK_EVERY = Duration.ofSeconds(20);
    private static final Duration STUCK_AFTER = Duration.ofMinutes(15);

    /** Longer than any account's last pane stays open. */
    private static final Duration AFTERWARDS = Duration.ofHours(3);

    /** Enough that each partition has two, whose word on the time counts. */
    private static final int CLOCKS = 64;

    private final Workspace workspace;
    private final PipelineProcess process;
    private final int partitions;
    private final long ahead;
    private final ProgressLine progress;
    private final CommittedOffsets requests;
    private final String applicationId;
    private long sent;
    private long committed;
    private long changedNanos = System.nanoTime();
    private long diskNanos = System.nanoTime();
    private Bytes state = new Bytes(0);
    private Bytes log = new Bytes(0);
    private Optional<ResidentMemory> resident = Optional.empty();

    /**
     * Begins now.
     *
     * @param ahead events that may lie in Kafka unread
     * @param total events that there will be, for the progress
     */
    Replay(Workspace workspace, PipelineProcess process, int partitions, long ahead, long total) {
        this.workspace = workspace;
        this.process = process;
        this.partitions = partitions;
        this.ahead = ahead;
        this.progress = new ProgressLine("through the pipeline", total);
        this.requests =
                new CommittedOffsets(workspace.admin(), workspace.topics().requests(), partitions);
        this.applicationId = workspace.topics().prefix().replaceAll("\\.$", "");
    }

    /** Sends all events, then lets time go on until every account's last hour has been looked at, and waits for the end. */
    void run(Iterator<RequestEvent> events, Findings findings) throws IOException, InterruptedException {
        long latestMs = Long.MIN_VALUE;
        try (Feeder feeder = new Feeder(
                workspace.topics(), new SerdeFactory(WireFormat.singleObject()), workspace.clientProperties())) {
            while (events.hasNext()) {
                RequestEvent event = events.next();
                latestMs = Math.max(latestMs, event.getEventTime());
                findings.sent(event);
                feeder.send(event);
                if (++sent % LOOK_EVERY_EVENTS == 0) {
                    look();
                    while (sent - committed > ahead) {
                        Thread.sleep(LOOK_EVERY_MS);
                        look();
                    }
                }
            }
            for (int clock = 0; clock < 2 * CLOCKS; clock++) {
                feeder.send(RequestEvent.newBuilder()
                        .setEventId("clock-" + clock)
                        .setAccountId("clock " + clock % CLOCKS)
                        .setEventTime(latestMs + AFTERWARDS.toMillis() + clock)
                        .build());
            }
            feeder.flush();
        }
        Backlog backlog = new Backlog(workspace.admin(), applicationId, workspace.topics(), partitions, true);
        while (backlog.records() > 0) {
            Thread.sleep(LOOK_EVERY_MS);
            look();
        }
    }

    private void look() throws IOException, InterruptedException {
        process.requireAlive();
        long now = requests.of(applicationId);
        changedNanos = now > committed ? System.nanoTime() : changedNanos;
        committed = now;
        if (System.nanoTime() - changedNanos > STUCK_AFTER.toNanos()) {
            throw new IllegalStateException("The pipeline stands still after " + committed + " events.");
        }
        progress.at(committed);
        resident = ResidentMemory.of(process.pid()).or(() -> resident);
        if (System.nanoTime() - diskNanos > DISK_EVERY.toNanos()) {
            measureDisk();
        }
    }

    /** Looks at the disk; at the end once more when the process is stopped, as it then writes what it held. */
    void measureDisk() throws IOException {
        state = state.or(process.stateOnDisk());
        log = log.or(Bytes.onDisk(workspace.logDirectory()));
        diskNanos = System.nanoTime();
    }

    /** The most that the state stores took on disk. */
    Bytes state() {
        return state;
    }

    /** The most that Kafka's log took on disk. */
    Bytes log() {
        return log;
    }

    /** Of the pipeline's process; empty where the system does not tell. */
    Optional<ResidentMemory> resident() {
        return resident;
    }
}
