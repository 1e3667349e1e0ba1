package io.stillwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.AllowlistKind;
import io.stillwatch.schema.Finding;
import io.stillwatch.schema.TriageAction;
import io.stillwatch.schema.TriageRecord;
import io.stillwatch.signature.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AlertLifecycleTest {
    private static final long HOUR_MS = 3_600_000;
    private final AlertLifecycle lifecycle = new AlertLifecycle(Duration.ofHours(24), "");

    @Test
    void nothingIsSaidWhileNothingHolds() {
        AlertLifecycle.Step step = lifecycle.advance(AlertMemory.NONE, seen(1, 100));

        assertThat(step.alert()).isEmpty();
        assertThat(step.memory()).isEqualTo(AlertMemory.NONE);
    }

    @Test
    void theFirstFindingOpensAnAlertWithAllThatIsNeeded() {
        Alert opened = lifecycle
                .advance(AlertMemory.NONE, seen(5, 100, finding("a", "high", 0.8)))
                .alert()
                .orElseThrow();

        assertThat(opened.getState()).isEqualTo(AlertState.OPENED);
        assertThat(opened.getSequence()).isZero();
        assertThat(opened.getSeverity()).isEqualTo("high");
        assertThat(opened.getScore()).isEqualTo(0.8);
        assertThat(opened.getTime()).isEqualTo(5 * HOUR_MS);
        assertThat(opened.getExplanation()).isNotBlank();
        assertThat(opened.getAlertId()).matches("al-[0-9a-f]{16}");
    }

    @Test
    void theSameFindingAgainSaysNothingNew() {
        AlertLifecycle.Step first = lifecycle.advance(AlertMemory.NONE, seen(1, 100, finding("a", "high", 0.8)));
        AlertLifecycle.Step second = lifecycle.advance(first.memory(), seen(2, 120, finding("a", "high", 0.82)));

        assertThat(second.alert()).isEmpty();
        assertThat(second.memory().lastHeldMs()).isEqualTo(2 * HOUR_MS);
    }

    @Test
    void aSecondSignatureJoinsTheOpenAlert() {
        AlertLifecycle.Step first = lifecycle.advance(AlertMemory.NONE, seen(1, 100, finding("a", "high", 0.8)));
        Alert updated = lifecycle
                .advance(first.memory(), seen(2, 120, finding("b", "medium", 0.6)))
                .alert()
                .orElseThrow();

        assertThat(updated.getState()).isEqualTo(AlertState.UPDATED);
        assertThat(updated.getSequence()).isEqualTo(1);
        assertThat(updated.getSeverity()).isEqualTo("high");
        assertThat(updated.getFindings()).extracting(Finding::getSignatureId).containsExactly("a", "b");
    }

    @Test
    void anAlertIsUpdatedWhenTheScoreEntersAHigherQuarterOrTheVolumeHasGrownFourfold() {
        AlertLifecycle.Step first = lifecycle.advance(AlertMemory.NONE, seen(1, 100, finding("a", "low", 0.4)));

        assertThat(lifecycle
                        .advance(first.memory(), seen(2, 110, finding("a", "low", 0.49)))
                        .alert())
                .isEmpty();
        assertThat(lifecycle
                        .advance(first.memory(), seen(2, 110, finding("a", "low", 0.51)))
                        .alert())
                .isPresent();
        assertThat(lifecycle
                        .advance(first.memory(), seen(2, 399, finding("a", "low", 0.4)))
                        .alert())
                .isEmpty();
        assertThat(lifecycle
                        .advance(first.memory(), seen(2, 400, finding("a", "low", 0.4)))
                        .alert())
                .isPresent();
        assertThat(lifecycle
                        .advance(first.memory(), seen(2, 110, finding("a", "high", 0.4)))
                        .alert())
                .isPresent();
    }

    @Test
    void anAlertClosesAfterTheQuietTimeAndIsOpenedAgainWithItsHistory() {
        AlertLifecycle.Step opened = lifecycle.advance(AlertMemory.NONE, seen(1, 100, finding("a", "high", 0.8)));
        AlertLifecycle.Step early = lifecycle.advance(opened.memory(), seen(24, 100));
        AlertLifecycle.Step closed = lifecycle.advance(early.memory(), seen(25, 100));
        Alert again = lifecycle
                .advance(closed.memory(), seen(30, 200, finding("b", "low", 0.3)))
                .alert()
                .orElseThrow();

        assertThat(early.alert()).isEmpty();
        assertThat(closed.alert().orElseThrow().getState()).isEqualTo(AlertState.CLOSED);
        assertThat(closed.alert().orElseThrow().getCloseReason()).contains("1970-01-01T01:00:00Z");
        assertThat(again.getState()).isEqualTo(AlertState.REOPENED);
        assertThat(again.getAlertId()).isEqualTo(opened.alert().orElseThrow().getAlertId());
        assertThat(again.getSequence()).isEqualTo(2);
        assertThat(again.getOpenedAt()).isEqualTo(30 * HOUR_MS);
        assertThat(again.getCloseReason()).isNull();
        assertThat(again.getSeverity()).isEqualTo("low");
        assertThat(again.getFindings()).extracting(Finding::getSignatureId).containsExactly("b");
        assertThat(again.getHistory()).singleElement().satisfies(period -> {
            assertThat(period.getOpenedAt()).isEqualTo(HOUR_MS);
            assertThat(period.getClosedAt()).isEqualTo(25 * HOUR_MS);
            assertThat(period.getSeverity()).isEqualTo("high");
            assertThat(period.getClosedBy()).isNull();
        });
    }

    @Test
    void everyStepNamesTheBaselineThatItsFindingsWereComparedWith() {
        AlertLifecycle before = new AlertLifecycle(Duration.ofHours(24), "before 1");
        AlertLifecycle after = new AlertLifecycle(Duration.ofHours(24), "after 1");
        AlertLifecycle.Step opened = before.advance(AlertMemory.NONE, seen(1, 100, finding("a", "low", 0.3)));

        AlertLifecycle.Step updated = after.advance(opened.memory(), seen(2, 110, finding("b", "high", 0.9)));

        assertThat(opened.alert().orElseThrow().getBaseline()).isEqualTo("before 1");
        assertThat(updated.alert().orElseThrow().getBaseline()).isEqualTo("after 1");
    }

    @Test
    void theIdOfAnAlertDependsOnItsEntityAlone() {
        assertThat(AlertId.of("account", "acct-1"))
                .isEqualTo(lifecycle
                        .advance(AlertMemory.NONE, seen(9, 7, finding("z", "low", 0.1)))
                        .alert()
                        .orElseThrow()
                        .getAlertId())
                .isNotEqualTo(AlertId.of("campaign", "acct-1"))
                .isNotEqualTo(AlertId.of("account", "acct-2"));
    }

    @Test
    void theHistoryIsBoundedAndItsNewestPeriodIsTheLast() {
        AlertMemory memory = AlertMemory.NONE;
        Alert last = null;
        for (long round = 0; round < 30; round++) {
            AlertLifecycle.Step opened = lifecycle.advance(memory, seen(round * 100, 100, finding("a", "high", 0.8)));
            last = opened.alert().orElseThrow();
            memory = lifecycle
                    .advance(opened.memory(), seen(round * 100 + 50, 100))
                    .memory();
        }

        assertThat(last.getSequence()).isEqualTo(58);
        assertThat(last.getHistory()).hasSize(20);
        assertThat(last.getHistory().get(19).getOpenedAt()).isEqualTo(2_800 * HOUR_MS);
    }

    @Test
    void whatIsKeptOfAClosedAlertHasNoEvidence() {
        Finding finding = finding("a", "high", 0.8);
        finding.setEvidence(List.of(SampleAlerts.feature("requests", 1, "count", null, null, "")));
        AlertMemory open =
                lifecycle.advance(AlertMemory.NONE, seen(1, 100, finding)).memory();
        AlertLifecycle.Step closed = lifecycle.advance(open, seen(25, 100));

        assertThat(closed.alert().orElseThrow().getFindings().get(0).getEvidence())
                .hasSize(1);
        assertThat(closed.memory().closed().orElseThrow().getFindings())
                .singleElement()
                .satisfies(kept -> {
                    assertThat(kept.getSignatureId()).isEqualTo("a");
                    assertThat(kept.getEvidence()).isEmpty();
                });
        assertThat(closed.memory().open()).isEmpty();
    }

    @Test
    void anAcknowledgementANoteAndADispositionAreStepsOfTheOpenAlert() {
        AlertLifecycle.Step opened = lifecycle.advance(AlertMemory.NONE, seen(1, 100, finding("a", "high", 0.8)));
        AlertLifecycle.Step acknowledged = order(opened.memory(), 2, "o1", TriageAction.ACKNOWLEDGE, null);
        AlertLifecycle.Step noted = order(acknowledged.memory(), 3, "o2", TriageAction.NOTE, null);
        AlertLifecycle.Step disposed =
                order(noted.memory(), 4, "o3", TriageAction.DISPOSE, Disposition.TRUE_POSITIVE.id());

        assertThat(acknowledged.alert().orElseThrow().getAcknowledgedBy()).isEqualTo("ann");
        assertThat(acknowledged.alert().orElseThrow().getAcknowledgedAt()).isEqualTo(77);
        assertThat(disposed.alert().orElseThrow()).satisfies(alert -> {
            assertThat(alert.getState()).isEqualTo(AlertState.UPDATED);
            assertThat(alert.getSequence()).isEqualTo(3);
            assertThat(alert.getDisposition()).isEqualTo("true_positive");
            assertThat(alert.getDispositionReason()).isEqualTo("because");
            assertThat(alert.getAcknowledgedBy()).isEqualTo("ann");
            assertThat(alert.getTime()).isEqualTo(4 * HOUR_MS);
        });
    }

    @Test
    void anOrderCountsOnceAndOneAboutAnotherAlertNever() {
        AlertLifecycle.Step opened = lifecycle.advance(AlertMemory.NONE, seen(1, 100, finding("a", "high", 0.8)));
        AlertLifecycle.Step closed = order(opened.memory(), 2, "o1", TriageAction.CLOSE, null);
        AlertLifecycle.Step reopened = order(closed.memory(), 3, "o2", TriageAction.REOPEN, null);

        assertThat(order(reopened.memory(), 4, "o1", TriageAction.CLOSE, null).alert())
                .isEmpty();
        assertThat(order(AlertMemory.NONE, 4, "o9", TriageAction.CLOSE, null).alert())
                .isEmpty();
        assertThat(order(opened.memory(), 4, "o9", TriageAction.DISPOSE, "no such disposition")
                        .alert())
                .isEmpty();
        TriageRecord other = record("o3", TriageAction.CLOSE, null);
        other.setAlertId("al-0000000000000000");
        assertThat(lifecycle
                        .obey(reopened.memory(), other, new SoFar(5 * HOUR_MS, 1, 1))
                        .alert())
                .isEmpty();
    }

    @Test
    void anAlertThatAnAnalystClosedStaysClosedWhileTheSameFindingsHold() {
        AlertMemory closed = closedByAnalyst(null);
        AlertLifecycle.Step same = lifecycle.advance(closed, seen(3, 120, finding("a", "high", 0.95)));

        assertThat(same.alert()).isEmpty();
        assertThat(same.memory().lastHeldMs()).isEqualTo(3 * HOUR_MS);
        assertThat(lifecycle
                        .advance(same.memory(), seen(26, 130, finding("a", "high", 0.95)))
                        .alert())
                .isEmpty();
    }

    @Test
    void anAlertThatAnAnalystClosedIsOpenedAgainByWhatIsNew() {
        AlertMemory closed = closedByAnalyst(null);

        assertThat(lifecycle
                        .advance(closed, seen(3, 120, finding("b", "low", 0.1)))
                        .alert())
                .as("another signature")
                .isPresent();
        assertThat(lifecycle
                        .advance(closed, seen(3, 120, finding("a", "critical", 0.1)))
                        .alert())
                .as("higher severity")
                .isPresent();
        assertThat(lifecycle
                        .advance(closed, seen(3, 399, finding("a", "low", 0.1)))
                        .alert())
                .isEmpty();
        assertThat(lifecycle
                        .advance(closed, seen(3, 400, finding("a", "low", 0.1)))
                        .alert())
                .as("four times the requests")
                .isPresent();
        Alert again = lifecycle
                .advance(closed, seen(25, 120, finding("a", "low", 0.1)))
                .alert()
                .orElseThrow();
        assertThat(again.getState()).isEqualTo(AlertState.REOPENED);
        assertThat(again.getClosedBy()).isNull();
        assertThat(again.getHistory().get(0).getClosedBy()).isEqualTo("ann");
        assertThat(again.getHistory().get(0).getCloseReason()).isEqualTo("because");
    }

    @Test
    void whatIsBenignAndExpectedComesBackOnlyForAnotherSignatureOrAHigherSeverity() {
        AlertMemory closed = closedByAnalyst(Disposition.BENIGN_EXPECTED.id());

        assertThat(lifecycle
                        .advance(closed, seen(300, 9_000, finding("a", "high", 0.9)))
                        .alert())
                .isEmpty();
        assertThat(lifecycle
                        .advance(closed, seen(3, 120, finding("b", "low", 0.1)))
                        .alert())
                .isPresent();
        assertThat(lifecycle
                        .advance(closed, seen(3, 120, finding("a", "critical", 0.1)))
                        .alert())
                .isPresent();
    }

    @Test
    void anAlertThatAnAnalystOpensAgainHasAllOfTheQuietTime() {
        AlertLifecycle.Step reopened = order(closedByAnalyst("false_positive"), 40, "o2", TriageAction.REOPEN, null);

        Alert alert = reopened.alert().orElseThrow();
        assertThat(alert.getState()).isEqualTo(AlertState.REOPENED);
        assertThat(alert.getDisposition()).isNull();
        assertThat(alert.getHistory().get(0).getDisposition()).isEqualTo("false_positive");
        assertThat(alert.getFindings()).extracting(Finding::getSignatureId).containsExactly("a");
        assertThat(lifecycle.advance(reopened.memory(), seen(63, 100)).alert()).isEmpty();
        assertThat(lifecycle
                        .advance(reopened.memory(), seen(64, 100))
                        .alert()
                        .orElseThrow()
                        .getState())
                .isEqualTo(AlertState.CLOSED);
    }

    @Test
    void whatIsSaidOfAClosedAlertLeavesItClosed() {
        AlertLifecycle.Step disposed =
                order(closedByAnalyst(null), 9, "o2", TriageAction.DISPOSE, Disposition.FALSE_POSITIVE.id());

        Alert alert = disposed.alert().orElseThrow();
        assertThat(alert.getState()).isEqualTo(AlertState.CLOSED);
        assertThat(alert.getSequence()).isEqualTo(2);
        assertThat(alert.getTime()).as("when it closed").isEqualTo(2 * HOUR_MS);
        assertThat(alert.getDisposition()).isEqualTo("false_positive");
    }

    @Test
    void anAlertAllOfWhoseFindingsAreAllowedCloses() {
        AlertMemory open = lifecycle
                .advance(AlertMemory.NONE, seen(1, 100, finding("a", "high", 0.8), finding("b", "low", 0.1)))
                .memory();
        AllowlistEntry entry = AllowlistEntry.newBuilder()
                .setId("w-1")
                .setKind(AllowlistKind.ACCOUNT)
                .setValue("acct-1")
                .setReason("our own evaluation")
                .setOwner("ann")
                .setAddedAt(0)
                .setAddedBy("ann")
                .build();

        assertThat(lifecycle
                        .allow(open, seen(2, 100), id -> id.equals("a") ? Optional.of(entry) : Optional.empty())
                        .alert())
                .isEmpty();
        Alert closed = lifecycle
                .allow(open, seen(2, 100), id -> Optional.of(entry))
                .alert()
                .orElseThrow();
        assertThat(closed.getState()).isEqualTo(AlertState.CLOSED);
        assertThat(closed.getCloseReason()).isEqualTo("Allowed by ann (w-1): our own evaluation");
        assertThat(closed.getClosedBy()).isNull();
    }

    @Test
    void scaleRaisesTheSeverityByOneStep() {
        Finding large = finding("a", "medium", 0.8);
        large.setOutputTokens(20_000_000L);

        assertThat(AlertSeverity.of(List.of(finding("a", "medium", 0.8)), 99)).isEqualTo(Severity.MEDIUM);
        assertThat(AlertSeverity.of(List.of(finding("a", "medium", 0.8)), 100)).isEqualTo(Severity.HIGH);
        assertThat(AlertSeverity.of(List.of(large), 0)).isEqualTo(Severity.HIGH);
        assertThat(AlertSeverity.of(List.of(finding("a", "informational", 0.8)), 1_000))
                .isEqualTo(Severity.INFORMATIONAL);
        assertThat(AlertSeverity.of(List.of(finding("a", "critical", 0.8)), 1_000))
                .isEqualTo(Severity.CRITICAL);
    }

    private AlertMemory closedByAnalyst(String disposition) {
        AlertMemory open = lifecycle
                .advance(AlertMemory.NONE, seen(1, 100, finding("a", "high", 0.8)))
                .memory();
        return order(open, 2, "o1", TriageAction.CLOSE, disposition).memory();
    }

    private AlertLifecycle.Step order(
            AlertMemory memory, long hour, String id, TriageAction action, String disposition) {
        return lifecycle.obey(memory, record(id, action, disposition), new SoFar(hour * HOUR_MS, 100, 1_000));
    }

    private static TriageRecord record(String id, TriageAction action, String disposition) {
        return TriageRecord.newBuilder()
                .setId(id)
                .setTime(77)
                .setBy("ann")
                .setAction(action)
                .setAlertId(AlertId.of("account", "acct-1"))
                .setDisposition(disposition)
                .setReason("because")
                .build();
    }

    private static Observation seen(long hour, long requests, Finding... findings) {
        return new Observation(
                "account", "acct-1", hour * HOUR_MS, List.of(findings), 0, requests, 1_000, List.of("e1", "e2"));
    }

    private static Finding finding(String signature, String severity, double score) {
        Finding finding = new Finding();
        finding.setSignatureId(signature);
        finding.setSignatureVersion(1);
        finding.setTitle("Behaviour " + signature);
        finding.setSeverity(severity);
        finding.setScore(score);
        finding.setWindow("PT24H");
        finding.setWindowStart(0);
        finding.setWindowEnd(24 * HOUR_MS);
        finding.setRequests(100);
        finding.setOutputTokens(1_000);
        finding.setCompleteness(1);
        finding.setEvidence(List.of());
        finding.setAtlas(List.of("AML.T0024.002"));
        finding.setOwasp(List.of());
        return finding;
    }
}
