package io.stillwatch.replay;

import io.stillwatch.schema.Alert;
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
    private static final String ACCOUNT = "account";

    public FoldedAlerts {
        shown = List.copyOf(shown);
        members = Map.copyOf(members);
    }

    /** Takes out the alerts of accounts that belong to a campaign which has an alert among them. */
    public static FoldedAlerts of(List<KnownAlerts.Known> alerts, Collection<KnownCampaign> campaigns) {
        Set<String> alerting = alerts.stream()
                .map(KnownAlerts.Known::newest)
                .filter(alert -> alert.getEntityType().equals(KnownCampaign.ENTITY_TYPE))
                .map(Alert::getEntityId)
                .collect(Collectors.toSet());
        Map<String, String> campaignOf = new HashMap<>();
        for (KnownCampaign campaign : campaigns) {
            if (alerting.contains(campaign.id())) {
                campaign.members().forEach(member -> campaignOf.putIfAbsent(member.getAccountId(), campaign.id()));
            }
        }
        List<KnownAlerts.Known> shown = new ArrayList<>();
        Map<String, Integer> members = new HashMap<>();
        for (KnownAlerts.Known known : alerts) {
            String account = known.newest().getEntityId();
            if (known.newest().getEntityType().equals(ACCOUNT) && campaignOf.containsKey(account)) {
                members.merge(campaignOf.get(account), 1, Integer::sum);
            } else {
                shown.add(known);
            }
        }
        return new FoldedAlerts(shown, members);
    }

    /** How many alerts of members were taken out and are counted with an alert. */
    public int membersOf(KnownAlerts.Known known) {
        return known.newest().getEntityType().equals(KnownCampaign.ENTITY_TYPE)
                ? members.getOrDefault(known.newest().getEntityId(), 0)
                : 0;
    }

    /** How many alerts were taken out. */
    public int taken() {
        return members.values().stream().mapToInt(Integer::intValue).sum();
    }
}
