package io.stillwatch.bench.scale;

import io.stillwatch.simulate.CampaignPlan;
import io.stillwatch.simulate.PlanGroup;
import io.stillwatch.simulate.SimulationPlan;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan with fewer or more accounts of each kind, each of which does as much as before. */
final class ScaledPlan {
    /** Tokens of which a larger campaign has more; the programs it uses are the same few. */
    private static final Set<String> GROWING = Set.of("network", "payment", "signup");

    private ScaledPlan() {}

    /**
     * Scales a plan.
     *
     * @param factor on the accounts of each group, on those of a campaign that are active at a time, and on its networks,
     *     payment and sign-up tokens; above 0
     */
    static SimulationPlan of(SimulationPlan plan, double factor) {
        return new SimulationPlan(
                plan.name(),
                plan.seed(),
                plan.start(),
                plan.length(),
                plan.groups().stream().map(group -> scaled(group, factor)).toList());
    }

    private static PlanGroup scaled(PlanGroup group, double factor) {
        return new PlanGroup(
                group.kind(),
                times(group.accounts(), factor),
                group.requests(),
                group.share(),
                group.cover(),
                group.campaign().map(campaign -> scaled(campaign, factor)),
                group.team(),
                group.fromDay(),
                group.days(),
                group.timing(),
                group.newAccounts(),
                group.together().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey,
                                link -> GROWING.contains(link.getKey())
                                        ? times(link.getValue(), factor)
                                        : link.getValue())),
                group.disguise(),
                group.signedUp(),
                group.footing());
    }

    private static CampaignPlan scaled(CampaignPlan campaign, double factor) {
        Optional<Integer> active = campaign.active().map(accounts -> times(accounts, factor));
        return new CampaignPlan(
                campaign.name(), campaign.deal(), active, campaign.template(), campaign.ordinaryParameters());
    }

    private static int times(int count, double factor) {
        return (int) Math.max(1, Math.round(count * factor));
    }
}
