package io.stillwatch.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.metrics.PipelineMeters.Tally;
import io.stillwatch.runtime.Telemetry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunReportTest {
    private static final Tally BEFORE = new Tally(1_000, 1, 0, 0, 0, 40);

    private static String line(Tally now, double waiting) {
        return RunReport.line(BEFORE, new Telemetry.Pulse(now, 3, waiting), Duration.ofMinutes(1), "kafka:9092");
    }

    @Test
    void aHeartbeatTellsOfTheLastMinuteAndOfWhatThereIs() {
        assertThat(line(new Tally(7_000, 1, 0, 0, 0, 41), 12))
                .isEqualTo("Last minute: 6,000 events counted (100/s), 1 new account, 3 open alerts, 12 waiting,"
                        + " nothing lost.");
    }

    @Test
    void whatWasLostOrOnAWrongPartitionInTheMinuteIsTold() {
        assertThat(line(new Tally(1_001, 3, 2, 4, 5, 41), 0))
                .isEqualTo("Last minute: 1 event counted (0/s), 1 new account, 3 open alerts, 0 waiting, 2 late,"
                        + " 4 unreadable, 2 sent twice, 5 on wrong partitions and sent on ('stillwatch losses').");
    }

    @Test
    void aKafkaThatDoesNotAnswerIsTold() {
        assertThat(line(BEFORE, Double.NaN)).contains("Kafka at kafka:9092 does not say how much waits");
    }
}
