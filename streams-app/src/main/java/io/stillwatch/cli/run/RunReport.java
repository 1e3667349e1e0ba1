package io.stillwatch.cli.run;

import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.metrics.PipelineMeters.Tally;
import io.stillwatch.runtime.Telemetry;
import io.stillwatch.text.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a running pipeline says of itself to whoever looks at its terminal or its log: a line a minute, and one when it has
 * stopped. Opened before everything else, as the last line is true only once everything else is closed.
 */
final class RunReport implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Tally NOTHING = new Tally(0, 0, 0, 0, 0, 0);

    private final TerminalOutput output;
    private final long startedNanos = System.nanoTime();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Telemetry telemetry;
    private volatile String servers = "";
    private Tally before = NOTHING;
    private boolean misplacedTold;

    RunReport(TerminalOutput output) {
        this.output = output;
    }

    /** Begins to tell of a pipeline that runs. */
    void begin(Telemetry watched, String bootstrapServers) {
        telemetry = watched;
        servers = bootstrapServers;
        Thread thread = new Thread(() -> beat(watched), "stillwatch-heartbeat");
        thread.setDaemon(true);
        thread.start();
    }

    private void beat(Telemetry watched) {
        try {
            while (!ended.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                tell(watched.pulse());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Telemetry.Pulse pulse) {
        output.notice(line(before, pulse, EVERY, servers));
        if (!misplacedTold && pulse.done().misplaced() > 0) {
            misplacedTold = true;
            output.notice("Requests come on other partitions than their account's and are sent on, which costs"
                    + " throughput and some seconds: give their producer the account as key and the partitioner"
                    + " murmur2 (kcat: -X topic.partitioner=murmur2_random).");
        }
        before = pulse.done();
    }

    /**
     * What has happened.
     *
     * @param before what had been done when the last line was written
     */
    static String line(Tally before, Telemetry.Pulse pulse, Duration since, String servers) {
        Tally now = pulse.done();
        long counted = now.counted() - before.counted();
        List<String> parts = new ArrayList<>();
        parts.add(String.format(
                Locale.ROOT, "%s counted (%,d/s)", Figures.counted(counted, "event"), counted / since.toSeconds()));
        parts.add(Figures.counted(now.accounts() - before.accounts(), "new account"));
        parts.add(Figures.counted(pulse.openAlerts(), "open alert"));
        parts.add(
                Double.isNaN(pulse.waiting())
                        ? "Kafka at " + servers + " does not say how much waits"
                        : Figures.count(Math.round(pulse.waiting())) + " waiting");
        String lost = losses(before, now);
        parts.add(lost.isEmpty() ? "nothing lost" : lost + " ('stillwatch losses')");
        return "Last minute: " + String.join(", ", parts) + ".";
    }

    private static String losses(Tally before, Tally now) {
        List<String> parts = new ArrayList<>();
        add(parts, now.late() - before.late(), "late");
        add(parts, now.unreadable() - before.unreadable(), "unreadable");
        add(parts, now.repeated() - before.repeated(), "sent twice");
        add(parts, now.misplaced() - before.misplaced(), "on wrong partitions and sent on");
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, long records, String what) {
        if (records > 0) {
            parts.add(Figures.count(records) + " " + what);
        }
    }

    /** To be closed before everything else: says that the stop has begun, as it may take some seconds. */
    AutoCloseable stopping() {
        return () -> {
            ended.countDown();
            output.notice("Stopping …");
        };
    }

    /** Says what it was all in all. */
    @Override
    public void close() {
        ended.countDown();
        if (telemetry == null) {
            return;
        }
        Tally all = telemetry.pulse().done();
        String lost = losses(NOTHING, all);
        Duration ran = Duration.ofNanos(System.nanoTime() - startedNanos);
        output.notice(String.format(
                Locale.ROOT,
                "Stopped after %d:%02d:%02d: %s counted%s.",
                ran.toHours(),
                ran.toMinutesPart(),
                ran.toSecondsPart(),
                Figures.counted(all.counted(), "event"),
                lost.isEmpty() ? "" : ", " + lost));
    }
}
