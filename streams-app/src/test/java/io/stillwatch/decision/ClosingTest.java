package io.stillwatch.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.alert.AlertMemory;
import io.stillwatch.alert.Observation;
import io.stillwatch.schema.Finding;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Holds the reading of why an alert closed to the words of the lifecycle that wrote them. */
class ClosingTest {
    private final AlertLifecycle lifecycle = new AlertLifecycle(Duration.ofHours(24), "");

    private static Observation seen(long timeMs, List<Finding> findings) {
        return new Observation("account", "a", timeMs, findings, 0, 10, 10, List.of());
    }

    private AlertMemory opened() {
        Finding finding = new Finding();
        finding.setSignatureId("bulk");
        finding.setSignatureVersion(1);
        finding.setTitle("Bulk");
        finding.setSeverity("high");
        finding.setScore(0.9);
        finding.setWindow("PT24H");
        finding.setStrand("");
        finding.setCompleteness(1.0);
        finding.setEvidence(List.of());
        finding.setAtlas(List.of());
        finding.setOwasp(List.of());
        return lifecycle.advance(AlertMemory.NONE, seen(0, List.of(finding))).memory();
    }

    private static Closing of(AlertLifecycle.Step step) {
        return Closing.of(step.alert().orElseThrow());
    }

    @Test
    void anOpenAlertDecides() {
        assertThat(Closing.of(opened().open().orElseThrow())).isEqualTo(Closing.NONE);
    }

    @Test
    void quietAndMergedAlertsLetTheirDecisionsLapse() {
        long dayMs = Duration.ofDays(1).toMillis();
        assertThat(of(lifecycle.advance(opened(), seen(dayMs, List.of())))).isEqualTo(Closing.QUIET);
        assertThat(of(lifecycle.end(opened(), 1, "It has merged with campaign c-2.")))
                .isEqualTo(Closing.QUIET);
    }

    @Test
    void anAlertWhoseSignatureWasTakenAwayTakesItsDecisionsBack() {
        assertThat(of(lifecycle.withdraw(opened(), seen(1, List.of()), id -> false)))
                .isEqualTo(Closing.TAKEN_BACK);
    }
}
