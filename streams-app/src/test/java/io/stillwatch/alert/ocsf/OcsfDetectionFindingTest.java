package io.stillwatch.alert.ocsf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.stillwatch.alert.AnyAlert;
import io.stillwatch.alert.Golden;
import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcsfDetectionFindingTest {
    private static final OcsfRules RULES = OcsfRules.release(OcsfDetectionFinding.SCHEMA_VERSION);
    private static final OcsfDetectionFinding OCSF = new OcsfDetectionFinding("1.2.3");
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Test
    void everySampleIsWrittenAsItsGoldenLineAndBreaksNoRule() {
        SampleAlerts.byName().forEach((name, alert) -> {
            Golden.check(OcsfDetectionFindingTest.class, name + ".ocsf.json", OCSF.line(alert) + "\n");
            assertThat(RULES.violations(read(alert))).as(name).isEmpty();
        });
    }

    @Test
    void theStepsOfAnAlertAreOneFindingCreatedUpdatedAndClosed() {
        JsonNode opened = read(SampleAlerts.opened());
        JsonNode updated = read(SampleAlerts.updated());
        JsonNode closed = read(SampleAlerts.closed());
        assertThat(opened.get("type_uid").intValue()).isEqualTo(200401);
        assertThat(updated.get("type_uid").intValue()).isEqualTo(200402);
        assertThat(closed.get("type_uid").intValue()).isEqualTo(200403);
        assertThat(opened.at("/finding_info/uid"))
                .isEqualTo(updated.at("/finding_info/uid"))
                .isEqualTo(closed.at("/finding_info/uid"));
        assertThat(opened.at("/metadata/uid").textValue()).isEqualTo("al-5f0c11:0");
        assertThat(updated.at("/metadata/uid").textValue()).isEqualTo("al-5f0c11:1");
        assertThat(updated.at("/metadata/sequence").intValue()).isEqualTo(1);
    }

    @Test
    void aClosedAlertIsResolvedWithItsReasonAndAsksForNoAction() {
        JsonNode closed = read(SampleAlerts.closed());
        assertThat(closed.get("status_id").intValue()).isEqualTo(4);
        assertThat(closed.get("status_detail").textValue()).isEqualTo("no finding for 72 h");
        assertThat(closed.get("is_alert").booleanValue()).isFalse();
        assertThat(read(SampleAlerts.opened()).get("is_alert").booleanValue()).isTrue();
    }

    @Test
    void anAlertThatAnAnalystHasTakenOnIsInProgressAndAssigned() {
        JsonNode acknowledged = read(SampleAlerts.acknowledged());
        assertThat(acknowledged.get("status").textValue()).isEqualTo("In Progress");
        assertThat(acknowledged.at("/assignee/name").textValue()).isEqualTo("kim");
        assertThat(acknowledged.at("/metadata/profiles/0").textValue()).isEqualTo("incident");
    }

    @Test
    void anAlertThatWasAFalsePositiveIsSuppressedWithItsVerdictAndTheAnalystsWords() {
        JsonNode dismissed = read(SampleAlerts.dismissed());
        assertThat(dismissed.get("status").textValue()).isEqualTo("Suppressed");
        assertThat(dismissed.get("verdict").textValue()).isEqualTo("False Positive");
        assertThat(dismissed.get("comment").textValue()).isEqualTo("a load test of our own");
        assertThat(dismissed.at("/unmapped/closed_by").textValue()).isEqualTo("kim");
    }

    @Test
    void anAlertThatIsOpenedAgainIsTheSameFindingUpdatedAndNewWithItsHistory() {
        JsonNode reopened = read(SampleAlerts.reopened());
        assertThat(reopened.get("type_uid").intValue()).isEqualTo(200402);
        assertThat(reopened.get("status").textValue()).isEqualTo("New");
        assertThat(reopened.get("is_alert").booleanValue()).isTrue();
        assertThat(reopened.at("/unmapped/history")).hasSize(1);
        assertThat(reopened.at("/finding_info/created_time").longValue())
                .isEqualTo(SampleAlerts.opened().getOpenedAt());
    }

    @Test
    void aDispositionOfANewerWriterIsToldInItsOwnWords() {
        Alert alert = SampleAlerts.alert("al", "a", AlertState.OPENED, 0, Instant.EPOCH)
                .setDisposition("duplicate")
                .build();
        assertThat(read(alert).get("verdict_id").intValue()).isEqualTo(99);
        assertThat(read(alert).get("verdict").textValue()).isEqualTo("duplicate");
        assertThat(RULES.violations(read(alert))).isEmpty();
    }

    @Test
    void theFindingWasLastSeenInItsWindowNotWhenTheAlertClosed() {
        Instant windowEnd = Instant.parse("2026-05-05T07:00:00Z");
        assertThat(read(SampleAlerts.closed())
                        .at("/finding_info/last_seen_time")
                        .longValue())
                .isEqualTo(windowEnd.toEpochMilli() - 1);
        assertThat(read(SampleAlerts.opened())
                        .at("/finding_info/last_seen_time")
                        .longValue())
                .isEqualTo(SampleAlerts.opened().getTime());
    }

    @Test
    void aTechniqueOfAtlasComesWithItsParentAndTactic() {
        JsonNode attack = read(SampleAlerts.opened()).at("/finding_info/attacks/0");
        assertThat(attack.at("/tactic/uid").textValue()).isEqualTo("AML.TA0010");
        assertThat(attack.at("/tactic/name").textValue()).isEqualTo("Exfiltration");
        assertThat(attack.at("/technique/uid").textValue()).isEqualTo("AML.T0024");
        assertThat(attack.at("/sub_technique/uid").textValue()).isEqualTo("AML.T0024.002");
        assertThat(attack.at("/sub_technique/name").textValue()).isEqualTo("Extract AI Model");
        assertThat(attack.at("/version").textValue()).isEqualTo("5.6.0");
    }

    @Test
    void aTechniqueThatThisReleaseOfAtlasDoesNotKnowKeepsItsId() {
        JsonNode attacks = read(SampleAlerts.hostileText()).at("/finding_info/attacks");
        assertThat(attacks.get(1).at("/technique/uid").textValue()).isEqualTo("AML.T9999");
        assertThat(attacks.get(1).at("/sub_technique/uid").textValue()).isEqualTo("AML.T9999.001");
        assertThat(attacks.get(1).has("tactic")).isFalse();
        assertThat(attacks.get(0).at("/technique/uid").textValue()).startsWith("</script>");
    }

    @Test
    void aTechniqueOfSeveralFindingsIsNamedOnce() {
        assertThat(read(SampleAlerts.updated()).at("/finding_info/attacks")).hasSize(3);
    }

    @Test
    void ofACampaignOfThousandsSomeAccountsAreWrittenAndAllAreCounted() {
        JsonNode campaign = read(SampleAlerts.campaign(1_204));
        assertThat(campaign.get("resources")).hasSize(OcsfDetectionFinding.LINKED_ACCOUNTS_LIMIT + 1);
        assertThat(campaign.at("/unmapped/linked_accounts").intValue()).isEqualTo(1_204);
        assertThat(campaign.at("/metadata/is_truncated").booleanValue()).isTrue();
        assertThat(campaign.at("/resources/1/role").textValue()).isEqualTo("Actor");
        assertThat(read(SampleAlerts.updated()).at("/resources/1/role").textValue())
                .isEqualTo("Related");
    }

    @Test
    void everyObservablePointsAtItsValue() {
        for (Alert alert : SampleAlerts.byName().values()) {
            JsonNode event = read(alert);
            for (JsonNode observable : event.get("observables")) {
                String pointer = "/"
                        + observable
                                .get("name")
                                .textValue()
                                .replace("[]", "/0")
                                .replaceAll("\\[([0-9]+)]", "/$1")
                                .replace('.', '/');
                assertThat(event.at(pointer)).isEqualTo(observable.get("value"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "informational, 0, 1, 0, 0",
        "low, 0.5, 2, 1, 30",
        "medium, 1, 3, 2, 60",
        "high, 0.93, 4, 3, 79",
        "critical, 1, 5, 4, 100"
    })
    void riskFollowsSeverityFirstAndScoreWithinIt(String severity, double score, int id, int riskLevel, int riskScore) {
        JsonNode event = read(SampleAlerts.alert("al", "a", AlertState.OPENED, 0, Instant.EPOCH)
                .setSeverity(severity)
                .setScore(score)
                .build());
        assertThat(event.get("severity_id").intValue()).isEqualTo(id);
        assertThat(event.get("risk_level_id").intValue()).isEqualTo(riskLevel);
        assertThat(event.get("risk_score").intValue()).isEqualTo(riskScore);
    }

    @Test
    void aSeverityThatNoAlertHasIsRefusedInOneSentence() {
        Alert alert = SampleAlerts.alert("al", "a", AlertState.OPENED, 0, Instant.EPOCH)
                .setSeverity("urgent\n")
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OCSF.line(alert))
                .withMessage("An alert's severity is informational, low, medium, high or critical, not urgent\\u000a.");
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void everyAlertIsOneValidLineOfPrintableAscii(@ForAll("alerts") Alert alert) {
        assertThat(OCSF.line(alert)).matches("[\\x20-\\x7e]*").isEqualTo(OCSF.line(alert));
        assertThat(RULES.violations(read(alert))).isEmpty();
    }

    @Provide
    Arbitrary<Alert> alerts() {
        return AnyAlert.alerts();
    }

    private static JsonNode read(Alert alert) {
        try {
            return STRICT.readTree(OCSF.line(alert));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
