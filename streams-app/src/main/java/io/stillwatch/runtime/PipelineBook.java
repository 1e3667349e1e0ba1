package io.stillwatch.runtime;

import io.stillwatch.console.DecisionBook;
import io.stillwatch.schema.Decision;
import io.stillwatch.topology.Pipeline;
import io.stillwatch.topology.PipelineException;
import io.stillwatch.topology.decision.LiveDecisions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** The decisions of a pipeline that may not have started yet. */
public final class PipelineBook implements DecisionBook, AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Opened opened;
    private volatile boolean behind;

    /** In one field, as a caller must see all of it or nothing. */
    private record Opened(Pipeline pipeline, LiveDecisions decisions) {}

    /**
     * Answers from a pipeline from now on.
     *
     * @param most request events that may wait; 0 where it does not matter how many do
     */
    public void open(PipelineSession session, long most) {
        opened = new Opened(session.pipeline(), session.decisions());
        if (most > 0) {
            behind = isBehind(session, most);
            Thread thread = new Thread(() -> watch(session, most), "stillwatch-backlog");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void watch(PipelineSession session, long most) {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                behind = isBehind(session, most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isBehind(PipelineSession session, long most) {
        try {
            return session.waiting() >= most;
        } catch (KafkaException | PipelineException e) {
            // Who cannot say how far behind it is must not claim to know everything.
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public Optional<Decision> of(String account) {
        Opened now = opened;
        return now == null ? Optional.empty() : now.decisions().of(account);
    }

    @Override
    public boolean isReady() {
        Opened now = opened;
        return now != null && now.pipeline().isRunning() && !behind;
    }

    @Override
    public boolean isHealthy() {
        Opened now = opened;
        return now == null || now.pipeline().failure().isEmpty();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
