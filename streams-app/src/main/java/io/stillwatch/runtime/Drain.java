package io.stillwatch.runtime;

import java.time.Duration;

/** Waits until the pipeline has processed everything that was fed, showing how far it is. */
public final class Drain {
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final PipelineSession session;
    private final Reporter output;

    /** Waits for a pipeline, and tells how it gets on. */
    public Drain(PipelineSession session, Reporter output) {
        this.session = session;
        this.output = output;
    }

    /** Waits until the pipeline has taken up all that was fed to it. */
    public void await() throws InterruptedException {
        long atStart = session.waiting();
        try (Reporter.Meter progress = output.progress("Processing", "events")) {
            for (long waiting = atStart; waiting > 0; waiting = session.waiting()) {
                atStart = Math.max(atStart, waiting);
                progress.update(atStart - waiting, (double) (atStart - waiting) / atStart);
                Thread.sleep(LOOK_EVERY.toMillis());
            }
            progress.update(atStart, 1);
        }
    }
}
