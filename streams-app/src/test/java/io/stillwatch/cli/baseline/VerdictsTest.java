package io.stillwatch.cli.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.AlertState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private final KnownAlerts alerts = new KnownAlerts();

    private Alert alert(String entityType, String entity, String disposition) {
        Alert alert = new Alert();
        alert.setAlertId("al-" + entity);
        alert.setEntityType(entityType);
        alert.setEntityId(entity);
        alert.setState(AlertState.CLOSED);
        alert.setFindings(List.of());
        alert.setHistory(List.of());
        alert.setDisposition(disposition);
        return alert;
    }

    private Verdicts verdicts() {
        return Verdicts.of(alerts.all(), Set.of("a", "b", "c", "d"));
    }

    @Test
    void mistakesAndWhatIsWantedAreHonestAndTheRestAreHarvests() {
        alerts.take(alert("account", "a", "false_positive"));
        alerts.take(alert("account", "b", "benign_expected"));
        alerts.take(alert("account", "c", "true_positive"));
        alerts.take(alert("account", "d", null));

        assertThat(verdicts().honest()).containsExactly("a", "b");
        assertThat(verdicts().harvests()).containsExactly("c");
        assertThat(verdicts().unused()).isZero();
    }

    @Test
    void aVerdictOnACampaignOrFromBeforeItWasOpenedAgainIsNotUsed() {
        alerts.take(alert("campaign", "c-1", "false_positive"));
        Alert again = alert("account", "a", null);
        again.setState(AlertState.REOPENED);
        AlertPeriod before = new AlertPeriod();
        before.setDisposition("false_positive");
        again.setHistory(List.of(before));
        alerts.take(again);

        assertThat(verdicts().honest()).isEmpty();
        assertThat(verdicts().unused()).isEqualTo(2);
    }

    @Test
    void aVerdictOnAnAccountThatTheHistoryDoesNotHaveIsCounted() {
        alerts.take(alert("account", "z", "true_positive"));

        assertThat(verdicts().harvests()).isEmpty();
        assertThat(verdicts().unknown()).isEqualTo(1);
    }

    @Test
    void whatTheCommandLineSaysComesFirst() {
        alerts.take(alert("account", "a", "false_positive"));
        alerts.take(alert("account", "c", "true_positive"));

        Verdicts left = verdicts().but(List.of("a"), List.of("c"));

        assertThat(left.honest()).isEmpty();
        assertThat(left.harvests()).isEmpty();
    }
}
