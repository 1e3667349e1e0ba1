package io.stillwatch.cli.run;

import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.AlertFollower;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.schema.RequestEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What a demo shows while it runs: alerts as they open and, on a terminal, a live table of rate, accounts, alerts and
 * lag; elsewhere a plain line every few seconds.
 */
final class DemoBoard implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PLAIN_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final long total;
    private final PipelineSession session;
    private final TerminalOutput output;
    private final DemoScore score;
    private final AlertFollower follower;
    private final Set<String> accounts = new HashSet<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread = new Thread(this::follow, "stillwatch-demo");
    private final long startedNanos = System.nanoTime();
    private long plainNanos = startedNanos;
    private volatile long sent;
    private volatile long eventMs;
    private volatile int accountsSeen;

    DemoBoard(long total, PipelineSession session, TerminalOutput output, DemoScore score) {
        this.total = total;
        this.session = session;
        this.output = output;
        this.score = score;
        this.follower = session.allAlerts(step -> {
            score.take(step);
            AlertPrinter.print(step, output);
        });
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void sent(long number, RequestEvent event) {
        sent = number;
        eventMs = event.getEventTime();
        score.sent(event);
        if (accounts.add(event.getAccountId())) {
            accountsSeen = accounts.size();
        }
    }

    private void follow() {
        try {
            while (!stopped.get()) {
                follower.poll(POLL);
                show();
            }
            follower.catchUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() throws InterruptedException {
        long waiting = session.waiting();
        long nowNanos = System.nanoTime();
        double seconds = (nowNanos - startedNanos) / 1e9;
        long processed = Math.max(0, sent - waiting);
        if (output.isLive()) {
            output.live(List.of(
                    Line.of(""),
                    Line.of(String.format(
                            Locale.ROOT,
                            "  events     %,12d of %,d   %,d/s",
                            processed,
                            total,
                            rate(processed, seconds))),
                    Line.of(String.format(Locale.ROOT, "  accounts   %,12d", accountsSeen)),
                    Line.of(String.format(Locale.ROOT, "  alerts     %,12d", score.alerts())),
                    Line.of(String.format(Locale.ROOT, "  lag        %,12d events", waiting)),
                    Line.of("  event time  " + Instant.ofEpochMilli(eventMs))));
        } else if (nowNanos - plainNanos >= PLAIN_EVERY_NANOS) {
            plainNanos = nowNanos;
            output.notice(String.format(
                    Locale.ROOT,
                    "%,d of %,d events (%,d/s), %,d accounts, %d alerts, lag %,d, event time %s",
                    processed,
                    total,
                    rate(processed, seconds),
                    accountsSeen,
                    score.alerts(),
                    waiting,
                    Instant.ofEpochMilli(eventMs)));
        }
    }

    private static long rate(long events, double seconds) {
        return Math.round(events / Math.max(0.001, seconds));
    }

    /** Waits until the alerts of everything processed are shown. */
    void finish() throws InterruptedException {
        stopped.set(true);
        thread.join();
        output.live(List.of());
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        output.line(String.format(Locale.ROOT, "%,d events in %.1f s (%,d/s).", total, seconds, rate(total, seconds)));
    }

    @Override
    public void close() {
        stopped.set(true);
        try {
            thread.join(POLL.multipliedBy(20).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
