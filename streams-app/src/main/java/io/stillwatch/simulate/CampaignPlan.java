package io.stillwatch.simulate;

import java.util.Objects;

/**
 * Makes the accounts of a group members of one campaign: they share one work queue, and each item is done once.
 *
 * @param name of the campaign, for the truth's column {@code campaign_id}
 * @param deal how items go to members
 */
public record CampaignPlan(String name, Deal deal) {
    public CampaignPlan {
        Objects.requireNonNull(deal);
        if (name.isBlank()) {
            throw new PlanException("A campaign needs a name.");
        }
    }
}
