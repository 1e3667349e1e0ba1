package io.stillwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
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
    void anAlertClosesAfterTheQuietTimeAndTheNextOneHasAnotherId() {
        AlertLifecycle.Step opened = lifecycle.advance(AlertMemory.NONE, seen(1, 100, finding("a", "high", 0.8)));
        AlertLifecycle.Step early = lifecycle.advance(opened.memory(), seen(24, 100));
        AlertLifecycle.Step closed = lifecycle.advance(early.memory(), seen(25, 100));
        AlertLifecycle.Step again = lifecycle.advance(closed.memory(), seen(30, 200, finding("a", "high", 0.8)));

        assertThat(early.alert()).isEmpty();
        assertThat(closed.alert().orElseThrow().getState()).isEqualTo(AlertState.CLOSED);
        assertThat(closed.alert().orElseThrow().getCloseReason()).contains("1970-01-01T01:00:00Z");
        assertThat(again.alert().orElseThrow().getAlertId())
                .isNotEqualTo(opened.alert().orElseThrow().getAlertId());
    }

    @Property(tries = 300)
    void stepsOfAnAlertAreNumberedWithoutGapsAndAtMostOneAlertIsOpen(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 3_000) Integer> script) {
        AlertMemory memory = AlertMemory.NONE;
        List<Alert> steps = new ArrayList<>();
        long hour = 0;
        for (int action : script) {
            hour += action % 30;
            Finding[] findings = action % 3 == 0
                    ? new Finding[0]
                    : new Finding[] {
                        finding("s" + action % 4, List.of("low", "high").get(action % 2), action / 3_000.0)
                    };
            AlertLifecycle.Step step = lifecycle.advance(memory, seen(hour, 10 + steps.size() * 50L, findings));
            memory = step.memory();
            step.alert().ifPresent(steps::add);
        }
        String open = null;
        long sequence = -1;
        for (Alert step : steps) {
            if (step.getState() == AlertState.OPENED) {
                assertThat(open).isNull();
                open = step.getAlertId();
                sequence = 0;
            } else {
                assertThat(step.getAlertId()).isEqualTo(open);
                assertThat(step.getSequence()).isEqualTo(++sequence);
            }
            if (step.getState() == AlertState.CLOSED) {
                open = null;
            }
        }
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
