package io.stillwatch.topology;

import static io.stillwatch.topology.TestPipeline.DAY_MS;
import static io.stillwatch.topology.TestPipeline.HOUR_MS;
import static io.stillwatch.topology.TestPipeline.MINUTE_MS;
import static io.stillwatch.topology.TestPipeline.START_MS;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.AlertId;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.signature.SignatureReader;
import io.stillwatch.signature.SignatureSet;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Orders of analysts about accounts' alerts. */
class TriageTest {
    private final TestPipeline pipeline =
            new TestPipeline(SignatureSet.of(List.of(SignatureReader.read("test.yaml", """
                    id: new-prompts
                    version: 1
                    title: A test
                    severity: high
                    window: PT24H
                    minimum: 20
                    condition: prompt_novelty >= 0.9
                    score: prompt_novelty
                    evidence: [prompt_novelty, requests]
                    """))));
    private int orders;

    @AfterEach
    void close() {
        pipeline.close();
    }

    private void send(String account, int requests, long fromMs) {
        for (int number = 0; number < requests; number++) {
            pipeline.send(TestPipeline.event(
                    account, (int) (fromMs / MINUTE_MS % 100_000) + number, fromMs + number * MINUTE_MS / 2));
        }
    }

    private TriageRecord.Builder order(String account, TriageAction action) {
        return TriageRecord.newBuilder()
                .setId("order-" + orders++)
                .setTime(START_MS)
                .setBy("ann")
                .setAction(action)
                .setAlertId(AlertId.of("account", account))
                .setEntityType("account")
                .setEntityId(account)
                .setReason("because");
    }

    @Test
    void anOrderIsAStepOfTheAlertAtOnceWithoutARequest() {
        send("a", 25, START_MS);
        assertThat(pipeline.alerts()).extracting(Alert::getState).containsExactly(AlertState.OPENED);

        pipeline.order(order("a", TriageAction.ACKNOWLEDGE).build());
        assertThat(pipeline.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.UPDATED);
            assertThat(alert.getAcknowledgedBy()).isEqualTo("ann");
        });

        pipeline.order(
                order("a", TriageAction.CLOSE).setDisposition("false_positive").build());
        assertThat(pipeline.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.CLOSED);
            assertThat(alert.getClosedBy()).isEqualTo("ann");
            assertThat(alert.getDisposition()).isEqualTo("false_positive");
            assertThat(alert.getRequests()).isEqualTo(25);
        });
        assertThat(pipeline.metric("taken-orders-total")).isEqualTo(2);
    }

    @Test
    void theTimesOfAnAlertsLifeAreEventTimeWheneverAnAnalystSpoke() {
        long yearsLaterMs = START_MS + 1_000 * 24 * HOUR_MS;
        send("a", 25, START_MS);
        pipeline.order(
                order("a", TriageAction.ACKNOWLEDGE).setTime(yearsLaterMs).build());
        pipeline.order(order("a", TriageAction.CLOSE).setTime(yearsLaterMs).build());
        pipeline.order(
                order("a", TriageAction.REOPEN).setTime(START_MS - HOUR_MS).build());

        List<Alert> life = pipeline.alerts();
        assertThat(life).hasSize(4);
        assertThat(life).extracting(Alert::getTime).isSorted().allMatch(this::isOfTheTraffic);
        assertThat(life).extracting(Alert::getOpenedAt).allMatch(this::isOfTheTraffic);
        assertThat(life.get(1).getAcknowledgedAt())
                .as("the one field that is said to be by the analyst's clock")
                .isEqualTo(yearsLaterMs);
        assertThat(life.get(3).getHistory())
                .singleElement()
                .satisfies(period -> assertThat(period.getClosedAt()).matches(this::isOfTheTraffic));
    }

    private boolean isOfTheTraffic(long timeMs) {
        return timeMs >= START_MS && timeMs <= START_MS + HOUR_MS;
    }

    @Test
    void aClosedAlertStaysClosedWhileTheSameHoldsAndOpensAgainWhenItHasGrownFourfold() {
        send("a", 25, START_MS);
        pipeline.order(order("a", TriageAction.CLOSE).build());
        pipeline.alerts();

        send("a", 30, START_MS + 20 * MINUTE_MS);
        assertThat(pipeline.alerts()).isEmpty();

        send("a", 100, START_MS + 50 * MINUTE_MS);
        assertThat(pipeline.alerts()).first().satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.REOPENED);
            assertThat(alert.getSequence()).isEqualTo(2);
            assertThat(alert.getHistory())
                    .singleElement()
                    .satisfies(period -> assertThat(period.getClosedBy()).isEqualTo("ann"));
        });
    }

    @Test
    void anAlertOpenedAgainByAnAnalystClosesAfterTheQuietTime() {
        send("a", 25, START_MS);
        pipeline.order(order("a", TriageAction.CLOSE).build());
        pipeline.order(order("a", TriageAction.REOPEN).build());
        for (int hour = 1; hour <= 30; hour++) {
            pipeline.reach(START_MS + hour * HOUR_MS);
        }

        assertThat(pipeline.alerts())
                .filteredOn(alert -> alert.getEntityId().equals("a"))
                .extracting(Alert::getState)
                .containsExactly(AlertState.OPENED, AlertState.CLOSED, AlertState.REOPENED, AlertState.CLOSED);
    }

    @Test
    void anOrderMayNameItsAlertOnlyByTheRecordsKey() {
        send("a", 25, START_MS);
        pipeline.alerts();
        TriageRecord order = order("a", TriageAction.DISPOSE)
                .setDisposition("true_positive")
                .setEntityType(null)
                .build();
        pipeline.order(order);

        assertThat(pipeline.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.getDisposition()).isEqualTo("true_positive"));
    }

    @Test
    void ordersAboutNoAlertThatThereIsAreCountedAndDoNothing() {
        send("a", 10, START_MS);
        pipeline.order(order("a", TriageAction.CLOSE).build());
        pipeline.order(order("nobody", TriageAction.CLOSE).build());
        pipeline.orderRaw("a", "no order".getBytes(StandardCharsets.UTF_8));
        pipeline.orderRaw(null, new byte[20_000]);
        assertThat(pipeline.metric("ignored-orders-total")).isEqualTo(2);

        send("a", 25, START_MS + 10 * MINUTE_MS);
        assertThat(pipeline.alerts()).extracting(Alert::getState).containsExactly(AlertState.OPENED);
        pipeline.notice();
        assertThat(pipeline.alerts()).isEmpty();
    }

    @Test
    void theSameOrderTwiceOnTheTopicCountsOnce() {
        send("a", 25, START_MS);
        pipeline.alerts();
        TriageRecord close = order("a", TriageAction.CLOSE).build();
        pipeline.order(close);
        pipeline.order(order("a", TriageAction.REOPEN).build());
        pipeline.order(close);

        assertThat(pipeline.alerts())
                .extracting(Alert::getState)
                .containsExactly(AlertState.CLOSED, AlertState.REOPENED);
    }

    @Test
    void anAccountWhoseAlertIsOverGoesOnWithItsNumberAMonthLater() {
        send("a", 25, START_MS);
        for (int hour = 1; hour <= 41 * 24; hour += 6) {
            pipeline.reach(START_MS + hour * HOUR_MS);
        }
        pipeline.alerts();
        send("a", 25, START_MS + 41 * DAY_MS);
        pipeline.reach(START_MS + 41 * DAY_MS + 3 * HOUR_MS);

        assertThat(pipeline.alerts())
                .filteredOn(alert -> alert.getEntityId().equals("a"))
                .first()
                .satisfies(alert -> {
                    assertThat(alert.getState()).isEqualTo(AlertState.REOPENED);
                    assertThat(alert.getSequence()).isEqualTo(2);
                });
    }
}
