package io.stillwatch.replay;

import static io.stillwatch.replay.SampleCampaigns.member;
import static io.stillwatch.replay.SampleCampaigns.step;
import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.CampaignMember;
import io.stillwatch.schema.FeatureValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownCampaignTest {
    @Test
    void theSurestMembersComeFirstThenThoseWithTheMostRequests() {
        KnownCampaign campaign = SampleCampaigns.campaign(
                "c-1",
                List.of(
                        member("c-1", "unsure", 0.4, 900),
                        member("c-1", "b", 0.9, 10),
                        member("c-1", "a", 0.9, 10),
                        member("c-1", "busy", 0.9, 300)));

        assertThat(campaign.members())
                .extracting(CampaignMember::getAccountId)
                .containsExactly("busy", "a", "b", "unsure");
    }

    @Test
    void theNewestAlertSpeaksForACampaignThatHadSeveral() {
        Alert reopened = step("c-1", "al-2", 0, AlertState.OPENED, 9);
        reopened.setTime(reopened.getTime() + 9_000_000);
        KnownCampaign campaign = KnownCampaign.byId(
                        List.of(
                                step("c-1", "al-1", 0, AlertState.OPENED, 8),
                                step("c-1", "al-1", 1, AlertState.CLOSED, 8),
                                reopened),
                        List.of())
                .get("c-1");

        assertThat(campaign.isOpen()).isTrue();
        assertThat(campaign.newest()).contains(reopened);
        assertThat(campaign.alerts()).hasSize(2);
        assertThat(campaign.behaviours()).containsExactly("campaign-sharding");
    }

    @Test
    void aCampaignIsOverWhenItsAlertIsClosedWhoeverIsStillAMember() {
        Map<String, KnownCampaign> campaigns = KnownCampaign.byId(
                List.of(
                        step("c-1", "al-1", 0, AlertState.OPENED, 8),
                        step("c-2", "al-2", 0, AlertState.OPENED, 8),
                        step("c-1", "al-1", 1, AlertState.CLOSED, 8)),
                List.of(member("c-1", "a", 0.9, 10), member("c-3", "b", 0.9, 10)));

        assertThat(campaigns.keySet()).containsExactly("c-1", "c-2", "c-3");
        assertThat(campaigns.get("c-1").isOpen()).isFalse();
        assertThat(campaigns.get("c-1").members()).hasSize(1);
        assertThat(campaigns.get("c-2").isOpen()).isTrue();
        assertThat(campaigns.get("c-3").newest()).isEmpty();
        assertThat(campaigns.get("c-3").isOpen()).isTrue();
    }

    @Test
    void theFiguresAreThoseOfWhoeverKnowsOfMore() {
        Alert alert = step("c-1", "al-1", 0, AlertState.OPENED, 2);
        KnownCampaign before = KnownCampaign.byId(List.of(alert), List.of(member("c-1", "a", 0.9, 10)))
                .get("c-1");
        KnownCampaign grown = KnownCampaign.byId(
                        List.of(alert), List.of(member("c-1", "a", 0.9, 300_000), member("c-1", "b", 0.9, 200_000)))
                .get("c-1");

        assertThat(before.requests()).isEqualTo(alert.getRequests());
        assertThat(before.outputTokens()).isEqualTo(alert.getOutputTokens());
        assertThat(grown.requests()).isEqualTo(500_000);
        assertThat(grown.outputTokens()).isEqualTo(50_000_000);
    }

    @Test
    void aStepThatCannotListAllAccountsTellsOfThemByItsEvidence() {
        Alert large = step("c-1", "al-1", 0, AlertState.OPENED, 1_000);

        assertThat(KnownCampaign.Size.at(step("c-1", "al-1", 0, AlertState.OPENED, 999)))
                .isEqualTo(new KnownCampaign.Size(999, false));
        assertThat(KnownCampaign.Size.at(large)).isEqualTo(new KnownCampaign.Size(1_000, true));

        FeatureValue accounts = FeatureValue.newBuilder()
                .setName("campaign_accounts")
                .setValue(2_413)
                .setUnit("accounts")
                .build();
        large.getFindings().get(0).setEvidence(List.of(accounts));
        assertThat(KnownCampaign.Size.at(large)).isEqualTo(new KnownCampaign.Size(2_413, true));
    }
}
