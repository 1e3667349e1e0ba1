package io.stillwatch.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoldedAlertsTest {
    private final KnownAlerts.Known campaign = known("campaign", "c-1");
    private final KnownAlerts.Known member = known("account", "a-1");
    private final KnownAlerts.Known other = known("account", "a-2");
    private final CampaignMember ofOne = new CampaignMember("c-1", "a-1", 0L, 0L, 0.9, "", List.of(), 1L, 1L);

    @Test
    void alertsOfACampaignsMembersAreCountedWithTheCampaign() {
        FoldedAlerts folded = FoldedAlerts.of(List.of(member, other, campaign), List.of(ofOne));

        assertThat(folded.shown()).containsExactly(other, campaign);
        assertThat(folded.membersOf(campaign)).isOne();
        assertThat(folded.membersOf(other)).isZero();
        assertThat(folded.taken()).isOne();
    }

    @Test
    void membersOfACampaignThatIsNotInTheListStandForThemselves() {
        FoldedAlerts folded = FoldedAlerts.of(List.of(member, other), List.of(ofOne));

        assertThat(folded.shown()).containsExactly(member, other);
        assertThat(folded.taken()).isZero();
    }

    @Test
    void anAccountWithACampaignsNameIsNoCampaign() {
        KnownAlerts.Known namesake = known("account", "c-1");

        assertThat(FoldedAlerts.of(List.of(member, namesake), List.of(ofOne)).shown())
                .containsExactly(member, namesake);
    }

    @Test
    void whereNothingIsKnownOfCampaignsAllStayAsTheyAre() {
        assertThat(FoldedAlerts.of(List.of(member, campaign), List.of()).shown())
                .containsExactly(member, campaign);
    }

    private static KnownAlerts.Known known(String type, String id) {
        Alert alert = Alert.newBuilder(SampleAlerts.opened()).build();
        alert.setAlertId("al-" + id);
        alert.setEntityType(type);
        alert.setEntityId(id);
        return new KnownAlerts.Known(alert, List.of(), Set.of());
    }
}
