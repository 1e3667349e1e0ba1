package io.stillwatch.cli.crash;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.common.utils.Timer;

/** Waiting until something holds, which a test's own timeout would only report as a hang. */
final class Await {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private Await() {}

    /** What is waited for; may throw to end the wait. */
    @FunctionalInterface
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Returns when the condition holds. */
    static void until(String what, Condition condition) throws Exception {
        Timer timer = Time.SYSTEM.timer(PATIENCE);
        while (!condition.holds()) {
            timer.update();
            if (timer.isExpired()) {
                throw new AssertionError("It did not happen within " + PATIENCE + " that " + what + ".");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
