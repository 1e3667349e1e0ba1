package io.stillwatch.replay.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.CampaignMember;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertHoursTest {
    private static final long HOUR_MS = 3_600_000;

    @Test
    void anAccountsRequestsCountForItsAlertAndNoOther() {
        AlertHours hours = new AlertHours(AlertLife.of(List.of(alert("one", "a"), alert("two", "b"))), List.of());

        hours.add("a", HOUR_MS, 3);
        hours.add("stranger", HOUR_MS, 5);

        assertThat(hours.of("one").orElseThrow().byHour()).containsOnly(Map.entry(HOUR_MS, 3L));
        assertThat(hours.of("two")).isEmpty();
    }

    @Test
    void allMembersOfACampaignCountThoughItsAlertNamesButSome() {
        Alert campaign = SampleAlerts.campaign();
        CampaignMember member = new CampaignMember();
        member.setCampaignId(campaign.getEntityId());
        member.setAccountId("not-listed");

        AlertHours hours = new AlertHours(AlertLife.of(List.of(campaign)), List.of(member));

        assertThat(hours.accounts()).contains("not-listed").containsAll(campaign.getLinkedAccounts());
    }

    @Test
    void onlyAlertsThatAreToldInFullAreCountedFor() {
        List<Alert> steps = new ArrayList<>();
        for (int i = 0; i < HtmlReport.DETAILED_ALERTS + 20; i++) {
            steps.add(alert("al-" + i, "a-" + i));
        }

        assertThat(new AlertHours(AlertLife.of(steps), List.of()).accounts()).hasSize(HtmlReport.DETAILED_ALERTS);
    }

    private static Alert alert(String id, String account) {
        return SampleAlerts.alert(id, account, AlertState.OPENED, 0, Instant.EPOCH)
                .build();
    }
}
