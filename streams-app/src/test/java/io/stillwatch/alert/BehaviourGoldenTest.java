package io.stillwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.cef.CefEvent;
import io.stillwatch.alert.ocsf.OcsfDetectionFinding;
import io.stillwatch.alert.ocsf.OcsfValid;
import io.stillwatch.alert.stix.StixValid;
import io.stillwatch.schema.Alert;
import io.stillwatch.signature.SignatureSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an alert of every behaviour that ships looks like in every format. */
class BehaviourGoldenTest {
    private static final Map<String, Alert> ALERTS = BehaviourAlerts.bySignature();

    private static void golden(String name, String line) {
        Golden.check(BehaviourGoldenTest.class, "behaviours/" + name, line + "\n");
    }

    @Test
    void everyBehaviourThatShipsIsThere() {
        assertThat(ALERTS).hasSameSizeAs(SignatureSet.bundled().signatures()).hasSizeGreaterThan(20);
    }

    @Test
    void everyBehaviourIsWrittenAsItsGoldenJson() {
        ALERTS.forEach((id, alert) -> golden(id + ".alert.json", AlertJson.line(alert)));
    }

    @Test
    void everyBehaviourIsWrittenAsItsGoldenOcsfAndBreaksNoRule() {
        ALERTS.forEach((id, alert) -> {
            String line = new OcsfDetectionFinding("1.2.3").line(alert);
            golden(id + ".ocsf.json", line);
            assertThat(OcsfValid.violations(line)).as(id).isEmpty();
        });
    }

    @Test
    void everyBehaviourIsWrittenAsItsGoldenCef() {
        ALERTS.forEach((id, alert) -> golden(id + ".cef", new CefEvent("1.2.3").line(alert)));
    }

    @Test
    void everyBehaviourOfACampaignIsWrittenAsItsGoldenStixAndBreaksNoRule() {
        assertThat(ALERTS)
                .anySatisfy((id, alert) -> assertThat(alert.getEntityType()).isEqualTo("campaign"));
        ALERTS.forEach((id, alert) -> {
            if (alert.getEntityType().equals("campaign")) {
                String line = StixValid.bundle(alert);
                golden(id + ".stix.json", line);
                assertThat(StixValid.violations(line)).as(id).isEmpty();
            }
        });
    }
}
