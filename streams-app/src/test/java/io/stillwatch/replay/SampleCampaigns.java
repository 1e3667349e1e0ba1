package io.stillwatch.replay;

import io.stillwatch.alert.SampleAlerts;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.CampaignMember;
import java.time.Instant;
import java.util.List;

/** Records of campaigns, made up for tests. */
public final class SampleCampaigns {
    private static final long JOINED_MS = Instant.parse("2026-05-10T13:03:00Z").toEpochMilli();

    private SampleCampaigns() {}

    /** A step of an alert of a campaign; steps of one alert follow each other by the hour. */
    public static Alert step(String campaign, String alertId, long sequence, AlertState state, int accounts) {
        Alert alert = SampleAlerts.campaign(accounts);
        alert.setEntityId(campaign);
        alert.setAlertId(alertId);
        alert.setSequence(sequence);
        alert.setState(state);
        alert.setTime(alert.getTime() + sequence * 3_600_000);
        alert.setRequests(alert.getRequests() + sequence * 1_000);
        if (state == AlertState.CLOSED) {
            alert.setCloseReason("No signature has held since then.");
        }
        return alert;
    }

    /** A member of a campaign. */
    public static CampaignMember member(String campaign, String account, double confidence, long requests) {
        return CampaignMember.newBuilder()
                .setCampaignId(campaign)
                .setAccountId(account)
                .setTime(JOINED_MS)
                .setJoinedAt(JOINED_MS)
                .setConfidence(confidence)
                .setReason("shares its payment with 3, its network with 7 of the members")
                .setSharedKinds(List.of("payment", "network"))
                .setRequests(requests)
                .setOutputTokens(100 * requests)
                .build();
    }

    /** A campaign of one alert in one step. */
    public static KnownCampaign campaign(String id, List<CampaignMember> members) {
        return KnownCampaign.byId(List.of(step(id, "al-" + id, 0, AlertState.OPENED, members.size())), members)
                .get(id);
    }
}
