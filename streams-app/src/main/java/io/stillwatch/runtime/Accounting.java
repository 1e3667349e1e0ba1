package io.stillwatch.runtime;

import io.stillwatch.replay.LossTotals;
import java.time.Duration;
import java.util.Optional;

/** What became of the records that are fed to a pipeline from a moment on. */
public final class Accounting {
    /** The ledger is published about once a second; as long after a pipeline has settled it is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final PipelineSession session;
    private final LossTotals before;

    /** Begins now. */
    public Accounting(PipelineSession session) {
        this.session = session;
        this.before = session.losses();
    }

    /**
     * Waits until the ledger knows of all that was fed.
     *
     * @param sent records fed since the beginning
     * @return empty where the ledger does not come to it
     */
    public Optional<LossTotals> await(long sent) throws InterruptedException {
        for (long looks = PATIENCE.dividedBy(LOOK_EVERY); looks > 0; looks--) {
            LossTotals since = session.losses().since(before);
            if (since.records() >= sent) {
                return Optional.of(since);
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
        return Optional.empty();
    }
}
