package io.stillwatch.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Kafka that is away is waited for, and what comes of it is what would have come. */
@Tag("broker")
@Tag("crash")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class AbsentKafkaTest {
    private static final Traffic TRAFFIC = new Traffic();

    @Test
    void aBrokerThatIsAwayForLongerThanAllTimeoutsIsWaitedFor(@TempDir Path undisturbed, @TempDir Path disturbed)
            throws Exception {
        Outcome expected;
        try (Installation whole = new Installation(undisturbed, 2, TRAFFIC)) {
            whole.run(1);
            expected = whole.outcome();
        }
        try (Installation shaken = new Installation(disturbed, 2, TRAFFIC);
                Sentences sentences = new Sentences()) {
            // What a day's patience would only show after a day: sends, commits and tasks that time out while it is
            // away.
            shaken.set("producer.max.block.ms", 3_000);
            shaken.set("producer.delivery.timeout.ms", 3_000);
            shaken.set("producer.request.timeout.ms", 1_000);
            shaken.set("producer.transaction.timeout.ms", 5_000);
            shaken.set("consumer.session.timeout.ms", 6_000);
            shaken.feed(0.3);
            shaken.start();
            shaken.feed(0.6);
            shaken.stopBroker();
            Await.until(
                    "its absence is said",
                    () -> !sentences.with("does not answer").isEmpty());
            assertThat(shaken.pipeline().isRunning()).isFalse();
            TimeUnit.SECONDS.sleep(20);
            shaken.startBroker();
            Await.until(
                    "its return is said", () -> !sentences.with("answers again").isEmpty());
            shaken.feed(1);
            shaken.awaitCommitted();
            assertThat(shaken.pipeline().isRunning()).isTrue();
            assertThat(sentences.with("does not answer")).hasSize(1);
            assertThat(sentences.with("answers again")).hasSize(1);
            shaken.stop();

            assertThat(shaken.outcome().differencesFrom(expected)).isEmpty();
        }
    }
}
