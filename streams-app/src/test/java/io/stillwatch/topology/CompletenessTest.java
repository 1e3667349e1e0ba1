package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.HOUR_MS;
import static io.stillwatch.topology.TestPipeline.MINUTE_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static io.stillwatch.topology.TestPipeline.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.SourceLosses;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Nothing is lost without being counted, per account and per source. */
class CompletenessTest {
    private static final SignatureSet SIGNATURES = SignatureSet.of(List.of(SignatureReader.read("test.yaml", """
            id: forty-new-prompts
            version: 1
            title: Forty new prompts
            severity: high
            window: PT24H
            minimum: 40
            condition: prompt_novelty >= 0.9
            score: prompt_novelty
            evidence: [prompt_novelty, requests]
            """)));

    @Test
    void aFindingSaysWhatShareOfTheWindowItSaw() {
        try (TestPipeline pipeline = new TestPipeline(SIGNATURES)) {
            pipeline.reach(START_MS + 4 * HOUR_MS);
            pipeline.send(event("a", 0, START_MS + 4 * HOUR_MS));
            pipeline.send(event("a", 1, START_MS + MINUTE_MS));
            pipeline.sendRaw("a", "not an event".getBytes(StandardCharsets.UTF_8));
            for (int at = 2; at < 60; at++) {
                pipeline.send(event("a", at, START_MS + 4 * HOUR_MS + at * MINUTE_MS));
            }

            List<Alert> alerts = pipeline.alerts();
            assertThat(alerts).isNotEmpty();
            double requests = alerts.get(0).getFindings().get(0).getRequests();
            assertThat(alerts.get(0).getFindings().get(0).getCompleteness())
                    .isCloseTo(requests / (requests + 2), within(1e-9));
            assertThat(alerts.get(0).getExplanation()).contains("% of the window's records");
            assertThat(pipeline.deadLetters()).isEqualTo(2);
        }
    }

    @Test
    void theLedgerAccountsForEveryRecordOfEverySource() {
        try (TestPipeline pipeline = new TestPipeline(SIGNATURES)) {
            pipeline.send(event("a", 0, START_MS), "/edge/1");
            pipeline.send(event("b", 0, START_MS + 3 * HOUR_MS), "/edge/2");
            pipeline.send(event("a", 1, START_MS + 3 * HOUR_MS), "/edge/1");
            pipeline.send(event("a", 2, START_MS + MINUTE_MS), "/edge/1");
            pipeline.send(event("b", 0, START_MS + 3 * HOUR_MS), "/edge/2");
            pipeline.send(event("c", 0, START_MS + 900 * HOUR_MS), "/edge/3");
            pipeline.sendRaw("d", new byte[] {1, 2, 3});
            pipeline.passWallClock(Duration.ofSeconds(2));

            Map<String, SourceLosses> bySource =
                    pipeline.losses().stream().collect(Collectors.toMap(SourceLosses::getSource, line -> line));
            assertThat(bySource.get("/edge/1")).satisfies(line -> {
                assertThat(line.getRecords()).isEqualTo(3);
                assertThat(line.getCounted()).isEqualTo(2);
                assertThat(line.getLate()).isEqualTo(1);
            });
            assertThat(bySource.get("/edge/2")).satisfies(line -> {
                assertThat(line.getRecords()).isEqualTo(2);
                assertThat(line.getDuplicate()).isEqualTo(1);
            });
            assertThat(bySource.get("/edge/3").getAhead()).isEqualTo(1);
            assertThat(bySource.get("t.requests").getUnreadable()).isEqualTo(1);
            assertThat(bySource.values())
                    .allSatisfy(line -> assertThat(line.getRecords())
                            .isEqualTo(
                                    line.getCounted() + line.getLate() + line.getDuplicate() + line.getUnreadable()));
        }
    }

    @Test
    void aKeyThatNamesNoAccountMakesNone() {
        try (TestPipeline pipeline = new TestPipeline(SIGNATURES)) {
            pipeline.sendRaw("nobody", new byte[] {1, 2, 3});

            assertThat(pipeline.accounts().knows("nobody")).isFalse();
        }
    }

    @Test
    void anEventSeenAnHourAgoIsKnownAgainAcrossTheTurnOfTheHour() {
        try (TestPipeline pipeline = new TestPipeline(SIGNATURES)) {
            for (int round = 0; round < 2; round++) {
                for (int at = 0; at < 45; at++) {
                    pipeline.send(event("a", at % 30, START_MS + HOUR_MS - 10 * MINUTE_MS + at % 30 * MINUTE_MS));
                }
            }

            assertThat(pipeline.alerts()).isEmpty();
        }
    }

    @Test
    void anAccountThatRunsAheadOfAllOthersCountsARepeatedEventOnceThoughHoursLieBetween() {
        try (TestPipeline pipeline = new TestPipeline(SIGNATURES)) {
            pipeline.send(event("b", 0, START_MS));
            for (int hour = 0; hour < 7; hour++) {
                pipeline.send(event("a", hour, START_MS + hour * HOUR_MS));
            }
            pipeline.send(event("a", 1, START_MS + HOUR_MS));

            assertThat(pipeline.accounts().peek("a").orElseThrow().state.requests)
                    .isEqualTo(7);
        }
    }
}
