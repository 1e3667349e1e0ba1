package io.stillwatch.replay;

import io.stillwatch.profile.EntityType;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.CampaignMember;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Alerts with those of a campaign's members counted with the campaign's: a thousand accounts of one harvester are one
 * thing to look into.
 *
 * @param shown the others, in the order given
 * @param members how many alerts of members were taken out, by the campaign's id
 */
public record FoldedAlerts(List<KnownAlerts.Known> shown, Map<String, Integer> members) {
    public FoldedAlerts {
        shown = List.copyOf(shown);
        members = Map.copyOf(members);
    }

    /**
     * Takes out the alerts of accounts that belong to a campaign which has an alert among them.
     *
     * @param ofCampaigns members of any campaign, in any order
     */
    public static FoldedAlerts of(List<KnownAlerts.Known> alerts, Collection<CampaignMember> ofCampaigns) {
        Set<String> alerting = alerts.stream()
                .map(KnownAlerts.Known::newest)
                .filter(alert -> alert.getEntityType().equals(EntityType.CAMPAIGN))
                .map(Alert::getEntityId)
                .collect(Collectors.toSet());
        Map<String, String> campaignOf = new HashMap<>();
        for (CampaignMember member : ofCampaigns) {
            if (alerting.contains(member.getCampaignId())) {
                campaignOf.put(member.getAccountId(), member.getCampaignId());
            }
        }
        List<KnownAlerts.Known> shown = new ArrayList<>();
        Map<String, Integer> members = new HashMap<>();
        for (KnownAlerts.Known known : alerts) {
            String account = known.newest().getEntityId();
            if (known.newest().getEntityType().equals(EntityType.ACCOUNT) && campaignOf.containsKey(account)) {
                members.merge(campaignOf.get(account), 1, Integer::sum);
            } else {
                shown.add(known);
            }
        }
        return new FoldedAlerts(shown, members);
    }

    /** How many alerts of members were taken out and are counted with an alert. */
    public int membersOf(KnownAlerts.Known known) {
        return known.newest().getEntityType().equals(EntityType.CAMPAIGN)
                ? members.getOrDefault(known.newest().getEntityId(), 0)
                : 0;
    }

    /** How many alerts were taken out. */
    public int taken() {
        return members.values().stream().mapToInt(Integer::intValue).sum();
    }
}
