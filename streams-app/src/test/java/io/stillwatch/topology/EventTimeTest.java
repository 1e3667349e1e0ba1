package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.DAY_MS;
import static io.stillwatch.topology.TestPipeline.HOUR_MS;
import static io.stillwatch.topology.TestPipeline.MINUTE_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static io.stillwatch.topology.TestPipeline.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.RequestEvent;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What windows hold, whatever the order, the gaps and the clocks. */
class EventTimeTest {
    private static final SignatureSet MONTH = signature("month", "P30D", 100);
    private static final SignatureSet DAY = signature("day", "PT24H", 20);

    private static SignatureSet signature(String id, String window, int minimum) {
        return SignatureSet.of(List.of(SignatureReader.read(id + ".yaml", """
                id: %s
                version: 1
                title: New prompts
                severity: high
                window: %s
                minimum: %d
                condition: prompt_novelty >= 0.9
                score: prompt_novelty
                evidence: [prompt_novelty, requests]
                """.formatted(id, window, minimum))));
    }

    @Test
    void twentyRequestsADayAddUpOverAMonth() {
        try (TestPipeline pipeline = new TestPipeline(MONTH)) {
            int sent = 0;
            for (int day = 0; day < 12; day++) {
                for (int at = 0; at < 20; at++) {
                    pipeline.send(event("slow", sent++, START_MS + day * DAY_MS + at * HOUR_MS));
                }
                pipeline.reach(START_MS + day * DAY_MS + 23 * HOUR_MS);
            }

            assertThat(alertsOf(pipeline, "slow")).first().satisfies(alert -> {
                Finding finding = alert.getFindings().get(0);
                assertThat(alert.getState()).isEqualTo(AlertState.OPENED);
                assertThat(finding.getRequests()).isBetween(100L, 110L).isEqualTo(alert.getRequests());
                assertThat(Math.floorMod(finding.getWindowStart(), DAY_MS)).isZero();
                assertThat(finding.getCompleteness()).isEqualTo(1);
            });
        }
    }

    @Test
    void whatIsOlderThanAMonthIsInNoWindow() {
        try (TestPipeline pipeline = new TestPipeline(MONTH)) {
            for (int at = 0; at < 90; at++) {
                pipeline.send(event("slow", at, START_MS + at * MINUTE_MS));
            }
            for (int day = 1; day <= 31; day++) {
                pipeline.reach(START_MS + day * DAY_MS);
            }
            for (int at = 90; at < 150; at++) {
                pipeline.send(event("slow", at, START_MS + 31 * DAY_MS + at * MINUTE_MS));
            }

            assertThat(alertsOf(pipeline, "slow")).isEmpty();
        }
    }

    @Test
    void aDayThatNobodyHasRolledUpYetCountsByItsHours() {
        try (TestPipeline pipeline = new TestPipeline(MONTH)) {
            int sent = 0;
            for (int day = 0; day < 3; day++) {
                for (int at = 0; at < 40; at++) {
                    pipeline.send(event("alone", sent++, START_MS + day * DAY_MS + at * (20 * MINUTE_MS)));
                }
            }

            assertThat(alertsOf(pipeline, "alone"))
                    .singleElement()
                    .satisfies(alert ->
                            assertThat(alert.getFindings().get(0).getRequests()).isBetween(100L, 120L));
        }
    }

    @Test
    void aLateEventCountsInADayThatIsADayPaneAlready() {
        try (TestPipeline pipeline = new TestPipeline(MONTH)) {
            pipeline.reach(START_MS);
            for (int at = 0; at < 98; at++) {
                pipeline.send(event("a", at, START_MS + 22 * HOUR_MS + at * MINUTE_MS));
            }
            pipeline.reach(START_MS + DAY_MS + 5 * HOUR_MS);
            // The account's own clock says 23:37 still, so these are on time for it.
            for (int at = 98; at < 140; at++) {
                pipeline.send(event("a", at, START_MS + 23 * HOUR_MS + (at % 30) * MINUTE_MS));
            }
            pipeline.send(event("a", 140, START_MS + DAY_MS + 6 * HOUR_MS));
            pipeline.reach(START_MS + DAY_MS + 10 * HOUR_MS);

            assertThat(pipeline.deadLetters()).isZero();
            assertThat(alertsOf(pipeline, "a"))
                    .first()
                    .satisfies(alert ->
                            assertThat(alert.getFindings().get(0).getRequests()).isGreaterThanOrEqualTo(100));
        }
    }

    @Test
    void anAccountWhoseLogComesDaysLateIsJudgedByTheSameWindows() {
        try (TestPipeline pipeline = new TestPipeline(DAY)) {
            for (int day = 0; day < 5; day++) {
                for (int at = 0; at < 24; at++) {
                    pipeline.reach(START_MS + day * DAY_MS + at * HOUR_MS);
                }
            }
            for (int at = 0; at < 60; at++) {
                pipeline.send(event("late-log", at, START_MS + at * (HOUR_MS / 2)));
            }

            assertThat(pipeline.deadLetters()).isZero();
            assertThat(alertsOf(pipeline, "late-log"))
                    .first()
                    .satisfies(alert -> assertThat(alert.getRequests()).isBetween(20L, 24L));
        }
    }

    @Test
    void oneClockInTheFutureNeitherDropsNorClosesAnything() {
        try (TestPipeline pipeline = new TestPipeline(MONTH)) {
            int sent = 0;
            for (int day = 0; day < 6; day++) {
                for (int at = 0; at < 20; at++) {
                    pipeline.send(event("slow", sent++, START_MS + day * DAY_MS + at * HOUR_MS));
                    pipeline.send(event("liar", sent, START_MS + (day + 3_000) * DAY_MS + at * HOUR_MS));
                }
                pipeline.reach(START_MS + day * DAY_MS + 23 * HOUR_MS);
            }

            assertThat(pipeline.deadLetters()).isZero();
            assertThat(alertsOf(pipeline, "slow")).first().satisfies(alert -> {
                assertThat(alert.getFindings().get(0).getRequests()).isEqualTo(alert.getRequests());
            });
        }
    }

    @Test
    void stampsThatJumpBackFromTheFutureNeitherGrowTheRecordNorSpoilIt() {
        PipelineOptions options = PipelineOptions.defaults(1, "test").withMemory(1, 64L << 20);
        try (TestPipeline pipeline = new TestPipeline(DAY, options)) {
            pipeline.reach(START_MS);
            for (int at = 0; at < 300; at++) {
                pipeline.send(event("liar", at, START_MS + (1_000 - at) * HOUR_MS));
                for (int other = 0; at % 50 == 49 && other < 600; other++) {
                    // Enough accounts to have the liar's record written and read again.
                    pipeline.send(event("crowd-" + other, at, START_MS + at));
                }
            }

            assertThat(pipeline.deadLetters()).isZero();
            assertThat(pipeline.accounts().open("liar").state.hours.size()).isLessThan(100);
        }
    }

    @Property(tries = 12)
    void anyInterleavingOfAccountsGivesTheSameAlerts(@ForAll long seed) {
        List<RequestEvent> events = new ArrayList<>();
        Random random = new Random(seed);
        for (String account : List.of("a", "b", "c", "d")) {
            long time = START_MS + random.nextInt(30) * MINUTE_MS;
            int requests = 15 + random.nextInt(60);
            for (int at = 0; at < requests; at++) {
                time += random.nextInt(4) * MINUTE_MS + random.nextInt(60_000);
                events.add(event(account, at, time));
            }
        }
        events.sort(Comparator.comparingLong(RequestEvent::getEventTime));
        List<Alert> inOrder = run(events);

        assertThat(run(interleaved(events, random))).isEqualTo(inOrder);
    }

    /** Keeps each account's own order, and never lets one fall behind another by more than the grace. */
    private static List<RequestEvent> interleaved(List<RequestEvent> events, Random random) {
        Map<String, Long> delay = new LinkedHashMap<>();
        List<RequestEvent> mixed = new ArrayList<>(events);
        events.forEach(
                event -> delay.computeIfAbsent(event.getAccountId(), account -> (long) random.nextInt((int) HOUR_MS)));
        mixed.sort(Comparator.comparingLong(event -> event.getEventTime() + delay.get(event.getAccountId())));
        return mixed;
    }

    @Property(tries = 12)
    void anyOrderWithinTheGraceFindsTheSameBehaviours(@ForAll long seed) {
        List<RequestEvent> events = new ArrayList<>();
        Random random = new Random(seed);
        for (String account : List.of("hostile-1", "hostile-2", "honest-1", "honest-2")) {
            long time = START_MS;
            for (int at = 0; at < 70; at++) {
                time += random.nextInt(4) * MINUTE_MS;
                events.add(
                        account.startsWith("hostile")
                                ? event(account, at, time)
                                : event(account, at, time, "the same question"));
            }
        }
        List<RequestEvent> shuffled = new ArrayList<>(events);
        Map<RequestEvent, Long> jitter = new LinkedHashMap<>();
        events.forEach(event -> jitter.put(event, (long) random.nextInt((int) (50 * MINUTE_MS))));
        shuffled.sort(Comparator.comparingLong(event -> event.getEventTime() + jitter.get(event)));
        List<RequestEvent> ordered = new ArrayList<>(events);
        ordered.sort(Comparator.comparingLong(RequestEvent::getEventTime));
        List<Alert> inOrder = run(ordered);
        List<Alert> disordered = run(shuffled);

        assertThat(behaviours(disordered)).isEqualTo(behaviours(inOrder)).hasSize(2);
    }

    /** Which alerts there were, and of what; the moment of an early look may differ. */
    private static Map<String, Set<String>> behaviours(List<Alert> alerts) {
        Map<String, Set<String>> found = new TreeMap<>();
        for (Alert alert : alerts) {
            Set<String> ids =
                    found.computeIfAbsent(alert.getEntityId() + "/" + alert.getAlertId(), none -> new TreeSet<>());
            alert.getFindings().forEach(finding -> ids.add(finding.getSignatureId()));
        }
        return found;
    }

    private static List<Alert> run(List<RequestEvent> events) {
        try (TestPipeline pipeline = new TestPipeline(DAY)) {
            events.forEach(pipeline::send);
            pipeline.reach(START_MS + DAY_MS);
            pipeline.reach(START_MS + 3 * DAY_MS);
            assertThat(pipeline.deadLetters()).isZero();
            List<Alert> alerts = new ArrayList<>(pipeline.alerts());
            alerts.sort(Comparator.comparing(Alert::getEntityId)
                    .thenComparing(Alert::getAlertId)
                    .thenComparing(Alert::getSequence));
            return Collections.unmodifiableList(alerts);
        }
    }

    private static List<Alert> alertsOf(TestPipeline pipeline, String account) {
        return pipeline.alerts().stream()
                .filter(alert -> alert.getEntityId().equals(account))
                .toList();
    }
}
