package io.stillwatch.cli.run;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.cli.terminal.Line;
import io.stillwatch.cli.terminal.Span;
import io.stillwatch.cli.terminal.TerminalOutput;
import io.stillwatch.replay.AlertFollower;
import io.stillwatch.runtime.PipelineSession;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.FeatureValue;
import io.stillwatch.schema.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

/** Prints alerts as they open, each with its strongest evidence. */
final class AlertPrinter implements AutoCloseable {
    private static final int EVIDENCE = 3;
    private static final String INDENT = "      ";
    private static final Duration POLL = Duration.ofMillis(200);

    private final AlertFollower follower;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final Thread thread;

    private AlertPrinter(PipelineSession session, TerminalOutput output) {
        follower = session.newAlerts(step -> print(step, output));
        thread = new Thread(
                () -> {
                    while (!stopped.get()) {
                        follower.poll(POLL);
                    }
                },
                "stillwatch-alerts");
        thread.setDaemon(true);
    }

    /** Prints what opens from now on, until closed. */
    static AlertPrinter follow(PipelineSession session, TerminalOutput output) {
        AlertPrinter printer = new AlertPrinter(session, output);
        printer.thread.start();
        return printer;
    }

    /** Prints a step when it opens an alert: two lines through a pipe, as many as it takes on a terminal. */
    static void print(Alert step, TerminalOutput output) {
        if (!AlertLifecycle.opens(step)) {
            return;
        }
        Finding strongest = step.getFindings().get(0);
        String what = String.format(
                Locale.ROOT,
                "%s (score %.2f, %,d requests)",
                strongest.getTitle(),
                step.getScore(),
                step.getRequests());
        String when = "ALERT " + Instant.ofEpochMilli(step.getTime()).toString().substring(0, 16) + "Z  ";
        String who = "  " + step.getEntityType() + " " + step.getEntityId();
        String why = INDENT + String.join("; ", strongest(strongest));
        if (output.resultIsOnTerminal()) {
            output.line(Line.of(
                    Span.of(when),
                    Span.of(step.getSeverity(), Span.Style.ofSeverity(step.getSeverity())),
                    Span.of(who)));
            output.hanging(INDENT + what);
            output.hanging(why);
        } else {
            output.line(when + step.getSeverity() + who + "  " + what);
            output.line(why);
        }
    }

    /** The strongest pieces of a finding's evidence, in words. */
    static List<String> strongest(Finding finding) {
        return finding.getEvidence().stream()
                .limit(EVIDENCE)
                .map(FeatureValue::getExplanation)
                .toList();
    }

    @Override
    public void close() {
        stopped.set(true);
        try {
            thread.join(POLL.multipliedBy(10).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
