package io.stillwatch.cli.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.replay.KnownAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertPeriod;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Finding;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final long DAY_MS = 86_400_000;
    private static final long FIRST_DAY = 20_000;
    private static final long LAST_DAY = 20_006;

    /** The days on which each of the accounts sent something. */
    private static final Set<Long> LOG = Set.of(FIRST_DAY + 1, FIRST_DAY + 3);

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
        return over(alert, FIRST_DAY, LAST_DAY);
    }

    /** An alert of another id that rests on some days, and was closed long after. */
    private static Alert over(Alert alert, long firstDay, long lastDay) {
        Finding finding = new Finding();
        finding.setEvidence(List.of());
        finding.setWindowStart(firstDay * DAY_MS);
        finding.setWindowEnd((lastDay + 1) * DAY_MS);
        alert.setFindings(List.of(finding));
        alert.setOpenedAt(lastDay * DAY_MS);
        alert.setTime((lastDay + 100) * DAY_MS);
        return alert;
    }

    private static Alert named(String id, Alert alert) {
        alert.setAlertId(id);
        return alert;
    }

    private Verdicts verdicts() {
        return Verdicts.of(alerts.all(), account -> Set.of("a", "b", "c", "d").contains(account) ? LOG : Set.of());
    }

    @Test
    void mistakesAndWhatIsWantedAreHonestAndTheRestAreHarvests() {
        alerts.take(alert("account", "a", "false_positive"));
        alerts.take(alert("account", "b", "benign_expected"));
        alerts.take(alert("account", "c", "true_positive"));
        alerts.take(alert("account", "d", null));

        assertThat(verdicts().honest()).containsExactly("a", "b");
        assertThat(verdicts().harvests()).containsExactly("c");
        assertThat(verdicts().unused()).isEqualTo(Verdicts.NONE.unused());
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
        assertThat(verdicts().unused().other()).isEqualTo(2);
    }

    @Test
    void aVerdictOnAnAccountThatTheHistoryDoesNotHaveIsCounted() {
        alerts.take(alert("account", "z", "true_positive"));

        assertThat(verdicts().harvests()).isEmpty();
        assertThat(verdicts().unused().unknown()).isEqualTo(1);
    }

    @Test
    void whatTheCommandLineSaysComesFirst() {
        alerts.take(alert("account", "a", "false_positive"));
        alerts.take(alert("account", "c", "true_positive"));

        Verdicts left = verdicts().but(List.of("a"), List.of("c"));

        assertThat(left.honest()).isEmpty();
        assertThat(left.harvests()).isEmpty();
    }

    @Test
    void aVerdictOnWhatTheAccountDidAtOtherTimesIsNotUsed() {
        alerts.take(over(alert("account", "a", "false_positive"), FIRST_DAY - 30, FIRST_DAY));
        alerts.take(over(alert("account", "b", "true_positive"), FIRST_DAY + 4, FIRST_DAY + 30));
        alerts.take(over(alert("account", "c", "false_positive"), FIRST_DAY - 30, FIRST_DAY + 1));

        assertThat(verdicts().honest()).containsExactly("c");
        assertThat(verdicts().harvests()).isEmpty();
        assertThat(verdicts().unused().elsewhere()).isEqualTo(2);
    }

    @Test
    void nobodyCountsAsHonestWhileAnotherAlertIsOpen() {
        alerts.take(alert("account", "a", "false_positive"));
        Alert open = named("al-2", over(alert("account", "a", null), LAST_DAY + 50, LAST_DAY + 51));
        open.setState(AlertState.OPENED);
        alerts.take(open);
        alerts.take(alert("account", "c", "true_positive"));
        Alert ofHarvester = named("al-3", alert("account", "c", null));
        ofHarvester.setState(AlertState.OPENED);
        alerts.take(ofHarvester);

        assertThat(verdicts().honest()).isEmpty();
        assertThat(verdicts().harvests()).containsExactly("c");
        assertThat(verdicts().unused().disputed()).isEqualTo(1);
    }

    @Test
    void alertsOfTheSameTimeThatWereJudgedBothWaysSayNothing() {
        alerts.take(alert("account", "a", "false_positive"));
        alerts.take(named("al-2", alert("account", "a", "true_positive")));
        Alert changed = alert("account", "b", "true_positive");
        AlertPeriod before = new AlertPeriod();
        before.setOpenedAt(FIRST_DAY * DAY_MS);
        before.setClosedAt((FIRST_DAY + 2) * DAY_MS);
        before.setDisposition("benign_expected");
        changed.setHistory(List.of(before));
        alerts.take(changed);

        assertThat(verdicts().honest()).isEmpty();
        assertThat(verdicts().harvests()).isEmpty();
        assertThat(verdicts().unused().disputed()).isEqualTo(4);
    }

    @Test
    void aVerdictThatTurnedOverTimeCountsForTheTimeInTheLog() {
        alerts.take(alert("account", "a", "false_positive"));
        alerts.take(named("al-2", over(alert("account", "a", "true_positive"), LAST_DAY + 50, LAST_DAY + 51)));

        assertThat(verdicts().honest()).containsExactly("a");
        assertThat(verdicts().unused().elsewhere()).isEqualTo(1);
    }
}
