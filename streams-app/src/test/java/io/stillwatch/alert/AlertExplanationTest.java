package io.stillwatch.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Finding;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AlertExplanationTest {
    @Test
    void oneFindingIsOneSentenceOfWhatItRestsOn() {
        Alert alert = SampleAlerts.opened();
        assertThat(alert.getTitle()).isEqualTo("Account a-81: Bulk instruction harvest");
        assertThat(alert.getExplanation())
                .isEqualTo("In 24 h account a-81 sent 4,212 requests; 97.1 % of prompts never seen before (at least"
                        + " 90 %, no lower than 99.9 % of baseline accounts), spread over 58 of 64 topic cells (at least"
                        + " 40), single turn share 100 % (at least 95 %); answers total 6.1 M tokens.");
    }

    @Test
    void furtherFindingsSayOnlyWhatIsNew() {
        Alert alert = SampleAlerts.updated();
        assertThat(alert.getTitle()).isEqualTo("Account a-81: Bulk instruction harvest and 3 more behaviours");
        assertThat(alert.getExplanation())
                .contains("It also matches “Reasoning-trace elicitation”: 88 % ask for written-out reasoning (at least"
                        + " 60 %). ")
                .contains("It also matches “Log-probability harvest” over 1 h: logprobs share 41.2 %")
                .contains(" 1 more signature matches. 3 other accounts share link keys with it.")
                .endsWith("The evidence saw 98 % of the window's records.")
                .containsOnlyOnce("never seen before");
    }

    @Test
    void aCampaignIsExplainedByItsAccounts() {
        assertThat(SampleAlerts.campaign(1_204).getExplanation())
                .startsWith("In 7 days campaign c-12 sent 28,110 requests;")
                .contains("content overlap 0.4 % (at most 5 %)")
                .contains(", 1,204 accounts (at least 8 accounts)")
                .contains("It has 1,204 accounts.");
    }

    @Test
    void withoutFindingsItSaysThatNothingHoldsAnyMore() {
        assertThat(SampleAlerts.bare().getExplanation()).isEqualTo("No signature holds for account a-0 any more.");
    }

    @Test
    void aSingleRequestIsOneRequest() {
        Finding finding = SampleAlerts.finding("s", 1, "S", "low", 0.1, "PT5M")
                .setRequests(1)
                .build();
        assertThat(AlertExplanation.of("account", "a", List.of(finding, finding), 1))
                .isEqualTo(new AlertExplanation(
                        "Account a: S and 1 more behaviour",
                        "In 5 min account a sent 1 request. It also matches “S”. 1 other account shares link keys with"
                                + " it. This is a question to its owner, not a verdict: who sends these requests, and for"
                                + " what?"));
    }

    @Test
    void aLowAlertForWantOfPeopleSaysWhatWouldVouchForIt() {
        Finding finding = SampleAlerts.finding("s", 1, "S", "low", 0.1, "PT5M")
                .setEvidence(List.of(SampleAlerts.feature("people_evidence", -0.5, "ratio", null, null, "")))
                .build();

        assertThat(AlertExplanation.of("account", "a", List.of(finding), 0).paragraph())
                .endsWith("End users whose requests belong together, turns that their tokens bear out, or an enrolment"
                        + " would vouch for it.");
    }

    @Test
    void anAccountThatHasLeftItsOwnPastIsToldSinceWhenHowMuchOfItAndWhatIsNew() {
        Finding finding = SampleAlerts.finding("turned-account", 4, "Turned", "high", 0.7, "PT24H")
                .setRequests(400)
                .setEvidence(List.of(
                        SampleAlerts.feature("drift", 9, "ratio", 3.0, null, "prompts changed 9 times"),
                        SampleAlerts.feature("turn_age", 30, "hours", null, null, "since 2026-03-02T10:15Z"),
                        SampleAlerts.feature("new_share", 0.52, "share", null, null, "about 52 % is new"),
                        SampleAlerts.feature("form_change", 0.02, "share", null, null, "hardly another form"),
                        SampleAlerts.feature(
                                "asked_rise", 0.3, "share", 0.15, null, "31 % ask for grades (1 % before)")))
                .build();

        assertThat(AlertExplanation.of("account", "a", List.of(finding), 0).paragraph())
                .startsWith("In 24 h account a sent 400 requests; prompts changed 9 times (at least 3)")
                .contains(" It has left its own past since 2026-03-02T10:15Z: about 52 % is new; 31 % ask for grades"
                        + " (1 % before).")
                .doesNotContain("hardly another form")
                .containsOnlyOnce("ask for grades");
    }

    @Test
    void whatWasLeftOutAsSentAgainIsTold() {
        Finding finding = SampleAlerts.finding("s", 1, "S", "high", 0.1, "PT5M")
                .setEvidence(List.of(SampleAlerts.feature("duplicate_requests", 1_200, "count", null, null, "")))
                .build();

        assertThat(AlertExplanation.of("account", "a", List.of(finding), 0).paragraph())
                .contains("1,200 requests more did not count, being sent again: same id, same content, within ten"
                        + " seconds.")
                .doesNotContain("question to its owner");
    }

    @Test
    void nothingIsSaidTwiceWhateverFeatureOrWindowSaysIt() {
        Finding first = SampleAlerts.finding("s", 1, "S", "high", 0.9, "PT24H")
                .setRequests(300)
                .setEvidence(List.of(
                        SampleAlerts.feature("requests", 300, "count", null, null, "300 requests"),
                        SampleAlerts.feature("prompt_novelty", 1, "share", null, null, "100 % of the prompts are new"),
                        SampleAlerts.feature("whole_novelty", 1, "share", null, null, "100 % of the prompts are new")))
                .build();
        Finding second = SampleAlerts.finding("t", 1, "T", "high", 0.8, "PT1H")
                .setEvidence(List.of(
                        SampleAlerts.feature("prompt_novelty", 1, "share", null, null, "100 % of the prompts are new"),
                        SampleAlerts.feature("requests", 80, "count", null, null, "80 requests")))
                .build();

        String paragraph =
                AlertExplanation.of("account", "a", List.of(first, second), 0).paragraph();

        assertThat(paragraph).containsOnlyOnce("100 % of the prompts are new").containsOnlyOnce("300 requests");
        assertThat(paragraph).contains("It also matches “T” over 1 h: 80 requests.");
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void whateverTheFindingsSayTheExplanationIsOnePrintableBoundedLine(
            @ForAll("texts") String type, @ForAll("texts") String id, @ForAll("findings") List<Finding> findings) {
        AlertExplanation explanation = AlertExplanation.of(type, id, findings, findings.size());
        for (String text : List.of(explanation.title(), explanation.paragraph())) {
            assertThat(text).isNotBlank().hasSizeLessThan(12_000);
            assertThat(text.codePoints())
                    .noneMatch(codePoint ->
                            Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE);
        }
        assertThat(explanation.paragraph()).endsWith(".");
    }

    @Provide
    Arbitrary<String> texts() {
        return AnyAlert.texts();
    }

    @Provide
    Arbitrary<List<Finding>> findings() {
        return AnyAlert.findings().list().ofMaxSize(5);
    }
}
