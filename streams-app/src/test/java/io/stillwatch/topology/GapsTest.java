package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.DAY_MS;
import static io.stillwatch.topology.TestPipeline.MINUTE_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static io.stillwatch.topology.TestPipeline.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.SourceLosses;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Accounts that are silent for days to years, before and after an alert. */
class GapsTest {
    private static final SignatureSet DAY = SignatureSet.of(List.of(SignatureReader.read("day.yaml", """
            id: day
            version: 1
            title: New prompts
            severity: high
            window: PT24H
            minimum: 20
            condition: prompt_novelty >= 0.9
            score: prompt_novelty
            evidence: [prompt_novelty, requests]
            """)));

    private static void harvest(TestPipeline pipeline, String account, int first, long fromMs) {
        for (int at = first; at < first + 60; at++) {
            pipeline.send(event(account, at, fromMs + (at - first) * (MINUTE_MS / 6)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 29, 30, 31, 32, 33, 34, 60, 400})
    void anAlertIsClosedWhenItsAccountFallsSilentAndGoesOnWhenItReturns(int days) {
        try (TestPipeline pipeline = new TestPipeline(DAY)) {
            pipeline.reach(START_MS);
            harvest(pipeline, "h", 0, START_MS);
            pipeline.reach(START_MS + days * DAY_MS);
            pipeline.end(START_MS + days * DAY_MS);
            assertThat(alerts(pipeline))
                    .extracting(Alert::getState)
                    .startsWith(AlertState.OPENED)
                    .endsWith(AlertState.CLOSED);

            harvest(pipeline, "h", 60, START_MS + (days + 1) * DAY_MS);
            pipeline.end(START_MS + (days + 1) * DAY_MS + 10 * MINUTE_MS);
            assertThat(alerts(pipeline)).first().satisfies(alert -> {
                assertThat(alert.getState()).isEqualTo(AlertState.REOPENED);
                assertThat(alert.getRequests()).isBetween(76L, 120L);
                assertThat(alert.getFindings().get(0).getRequests()).isBetween(16L, 60L);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 30, 31, 32, 33, 40, 400})
    void whatAnAccountDidLongAgoIsInNoWindowOfItsAlert(int days) {
        try (TestPipeline pipeline = new TestPipeline(DAY)) {
            for (int at = 0; at < 3; at++) {
                pipeline.send(event("h", at, START_MS + at * MINUTE_MS));
            }
            pipeline.reach(START_MS + days * DAY_MS);
            harvest(pipeline, "h", 3, START_MS + days * DAY_MS);
            pipeline.end(START_MS + days * DAY_MS + 10 * MINUTE_MS);

            assertThat(alerts(pipeline)).first().satisfies(alert -> {
                assertThat(alert.getState()).isEqualTo(AlertState.OPENED);
                assertThat(alert.getFindings().get(0).getRequests()).isBetween(20L, 60L);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 32, 40, 400})
    void twentyAccountsWithThreeRequestsOnTwoDaysFarApartAllCount(int days) {
        try (TestPipeline pipeline = new TestPipeline(DAY)) {
            for (long day : new long[] {0, days}) {
                for (int at = 0; at < 3; at++) {
                    for (int account = 0; account < 20; account++) {
                        pipeline.send(event(
                                "a" + account,
                                at,
                                START_MS + day * DAY_MS + (at * 20 + account) * MINUTE_MS,
                                "prompt " + day + " " + at + " " + account));
                    }
                }
            }
            pipeline.end(START_MS + days * DAY_MS + 60 * MINUTE_MS);

            assertThat(pipeline.deadLetters()).isZero();
            assertThat(counted(pipeline)).isEqualTo(120);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 33, 400})
    void eightAccountsStampedFarAheadStopNobody(int days) {
        try (TestPipeline pipeline = new TestPipeline(DAY)) {
            for (int at = 0; at < 90; at++) {
                long timeMs = START_MS + at * MINUTE_MS;
                pipeline.send(event("ahead-" + at % 8, at, timeMs + days * DAY_MS));
                pipeline.send(event("h", at, timeMs));
                pipeline.send(event("b" + at % 5, at, timeMs));
            }
            pipeline.end(START_MS + 90 * MINUTE_MS);

            assertThat(alerts(pipeline)).first().satisfies(alert -> {
                assertThat(alert.getEntityId()).isEqualTo("h");
                assertThat(alert.getState()).isEqualTo(AlertState.OPENED);
                assertThat(alert.getTime()).isBetween(START_MS, START_MS + 90 * MINUTE_MS);
            });
            assertThat(pipeline.deadLetters()).isZero();
            assertThat(counted(pipeline)).isEqualTo(270);
        }
    }

    private static long counted(TestPipeline pipeline) {
        pipeline.passWallClock(Duration.ofSeconds(2));
        List<SourceLosses> lines = pipeline.losses();
        return lines.get(lines.size() - 1).getCounted();
    }

    private static List<Alert> alerts(TestPipeline pipeline) {
        return pipeline.alerts().stream()
                .filter(alert -> alert.getEntityId().equals("h"))
                .toList();
    }
}
