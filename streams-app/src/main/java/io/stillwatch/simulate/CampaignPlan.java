package io.stillwatch.simulate;

import java.util.Objects;
import java.util.Optional;

/**
 * Makes the accounts of a group members of one campaign: they share one work queue, and each item is done once. Several
 * groups may work for the same campaign: recruits after a ban, say, or members behind other proxies.
 *
 * @param name of the campaign, for the truth's column {@code campaign_id}
 * @param deal how items go to members
 * @param active members that work at a time, at least 1: when one has made its requests, as if it were blocked then, a
 *     fresh account takes its place; absent for all at once
 * @param template what members put in front of their work
 * @param ordinaryParameters members send a chat client's parameters instead of the harvest's own
 */
public record CampaignPlan(
        String name, Deal deal, Optional<Integer> active, Template template, boolean ordinaryParameters) {
    public CampaignPlan {
        Objects.requireNonNull(deal);
        Objects.requireNonNull(template);
        if (name.isBlank()) {
            throw new PlanException("A campaign needs a name.");
        }
        if (active.isPresent() && active.get() < 1) {
            throw new PlanException("campaign.active must be 1 or more.");
        }
    }

    /** All members work all the time, each as its behaviour does. */
    public CampaignPlan(String name, Deal deal) {
        this(name, deal, Optional.empty(), Template.OWN, false);
    }
}
