package io.stillwatch.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class KnownAlertsTest {
    private final KnownAlerts known = new KnownAlerts();

    private static Alert step(long sequence, AlertState state, String disposition) {
        Alert step = Alert.newBuilder(SampleAlerts.opened()).build();
        step.setSequence(sequence);
        step.setState(state);
        step.setDisposition(disposition);
        return step;
    }

    private static Alert withoutEvidence(Alert step) {
        Finding finding =
                SampleAlerts.finding("other", 1, "Other", "low", 0.2, "PT1H").build();
        step.setFindings(List.of(finding));
        return step;
    }

    @Test
    void theNewestStepCountsInWhateverOrderTheyComeAndTheNewestEvidenceStays() {
        known.take(withoutEvidence(step(2, AlertState.CLOSED, "false_positive")));
        known.take(step(0, AlertState.OPENED, null));
        known.take(step(1, AlertState.UPDATED, null));

        assertThat(known.all()).singleElement().satisfies(alert -> {
            assertThat(alert.newest().getSequence()).isEqualTo(2);
            assertThat(alert.isOpen()).isFalse();
            assertThat(alert.findings().get(0).getEvidence()).isNotEmpty();
            assertThat(alert.signatureIds()).containsExactlyInAnyOrder("bulk-instruction-harvest", "other");
        });
        assertThat(known.named("al-5f0c11")).isEqualTo(known.named("a-81")).isPresent();
        assertThat(known.named("a-82")).isEmpty();
    }

    @Test
    void aReopenedAlertHasNoVerdictYetButOneBeforeWhichCountsUntilThereIsAnother() {
        Alert again = step(3, AlertState.REOPENED, null);
        again.setHistory(List.of(period("true_positive"), period(null)));
        known.take(again);
        assertThat(known.named("a-81").orElseThrow().disposition()).isEmpty();
        assertThat(known.named("a-81").orElseThrow().dispositionBefore()).contains("true_positive");
        assertThat(Precision.bySignature(known.all()).values())
                .allSatisfy(one -> assertThat(one.truePositives()).isEqualTo(1));

        known.take(step(4, AlertState.UPDATED, "benign_expected"));
        assertThat(known.named("a-81").orElseThrow().disposition()).contains("benign_expected");
    }

    @Test
    void theBeginningOfAnIdWillDoWhereItCanMeanOneAlertOnly() {
        known.take(step(0, AlertState.OPENED, null));
        Alert other = step(0, AlertState.OPENED, null);
        other.setAlertId("al-5f0d22");
        other.setEntityId("acct-90");
        known.take(other);

        assertThat(known.named("al-5f0c").orElseThrow().newest().getAlertId()).isEqualTo("al-5f0c11");
        assertThat(known.named("acct-9").orElseThrow().newest().getAlertId()).isEqualTo("al-5f0d22");
        assertThat(known.named("al-5f0")).isEmpty();
        assertThat(known.ambiguous("al-5f0")).containsExactly("al-5f0c11", "al-5f0d22");
        assertThat(known.named("al-")).as("a slip rather than an id").isEmpty();
        assertThat(known.ambiguous("al-")).isEmpty();
    }

    @Test
    void precisionIsTheShareOfTruePositivesAmongTheAlertsThatWereJudged() {
        known.take(step(0, AlertState.CLOSED, "true_positive"));
        for (int other = 0; other < 3; other++) {
            Alert alert = step(
                    0,
                    AlertState.CLOSED,
                    List.of("false_positive", "benign_expected", "of a newer release")
                            .get(other));
            alert.setAlertId("al-" + other);
            known.take(alert);
        }
        Alert unjudged = step(0, AlertState.OPENED, null);
        unjudged.setAlertId("al-unjudged");
        known.take(unjudged);

        assertThat(Precision.bySignature(known.all()))
                .containsOnlyKeys("bulk-instruction-harvest")
                .allSatisfy((id, precision) -> {
                    assertThat(precision).isEqualTo(new Precision(1, 3)).hasToString("1 of 3");
                    assertThat(precision.share()).isBetween(0.33, 0.34);
                });
    }

    private static AlertPeriod period(String disposition) {
        return AlertPeriod.newBuilder()
                .setOpenedAt(1)
                .setClosedAt(2)
                .setCloseReason("quiet")
                .setDisposition(disposition)
                .setSeverity("high")
                .setScore(0.5)
                .build();
    }
}
