package io.stillwatch.cli;

import java.time.Duration;

/** Waits until the pipeline has processed everything that was fed, showing how far it is. */
final class Drain {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final PipelineSession session;
    private final TerminalOutput output;

    Drain(PipelineSession session, TerminalOutput output) {
        this.session = session;
        this.output = output;
    }

    void await() throws InterruptedException {
        long atStart = session.waiting();
        try (Progress progress = output.progress("Processing", "events")) {
            for (long waiting = atStart; waiting > 0; waiting = session.waiting()) {
                atStart = Math.max(atStart, waiting);
                progress.update(atStart - waiting, (double) (atStart - waiting) / atStart);
                Thread.sleep(LOOK_EVERY.toMillis());
            }
            progress.update(atStart, 1);
        }
    }
}
