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

    /**
     * Waits until the pipeline has taken up all that was fed to it.
     *
     * @param events that were fed; what waits is counted in records, of which there are more: those that the pipeline
     *     writes to itself, and marks of transactions
     */
    public void await(long events) throws InterruptedException {
        long waiting = session.waiting();
        long most = waiting;
        try (Reporter.Meter progress = output.progress("Processing", "events")) {
            for (; waiting > 0; waiting = session.waiting()) {
                most = Math.max(most, waiting);
                double done = (double) (most - waiting) / most;
                progress.update(Math.round(done * events), done);
                Thread.sleep(LOOK_EVERY.toMillis());
            }
            progress.update(events, 1);
        }
    }
}
