package io.stillwatch.evaluate;

import java.util.List;
import java.util.Map;

/**
 * What became of a campaign that shared less.
 *
 * @param name of the way
 * @param left what its accounts still shared, in words
 * @param price what that costs, in words; empty for nothing
 * @param outcomes at each tier
 */
public record LinkPrice(String name, String left, String price, Map<Tier, Outcome> outcomes) {
    public LinkPrice {
        outcomes = Map.copyOf(outcomes);
    }

    /**
     * At one tier.
     *
     * @param members that campaigns' alerts name; count
     * @param of members in all; count
     * @param honest accounts that campaigns' alerts name; count
     * @param requestsBefore requests of the campaign before its first alert, all of them when there is none; count
     * @param requests of the campaign; count
     */
    public record Outcome(int members, int of, int honest, long requestsBefore, long requests) {
        /** Share of the members named; 0 to 1. */
        public double recall() {
            return (double) members / of;
        }

        /** Share of the campaign's requests that were answered before anybody was told; 0 to 1. */
        public double trafficBefore() {
            return (double) requestsBefore / requests;
        }
    }

    /** What became of it at a tier. */
    public Outcome at(Tier tier) {
        Outcome outcome = outcomes.get(tier);
        if (outcome == null) {
            throw new IllegalArgumentException("Nothing is known of " + tier.words() + ".");
        }
        return outcome;
    }

    /** Judges a run by the campaigns that were found in it; only what campaigns' alerts tell counts. */
    public static LinkPrice of(LinkAdversary adversary, LinkAdversary.Way way, Scorecard card) {
        return new LinkPrice(
                way.name(),
                LinkAdversary.left(way),
                adversary.price(way),
                Map.of(Tier.ANY, outcome(Tier.ANY, card), Tier.ABOVE_LOW, outcome(Tier.ABOVE_LOW, card)));
    }

    private static Outcome outcome(Tier tier, Scorecard card) {
        List<CampaignScore> campaigns = card.campaigns().campaigns();
        return new Outcome(
                named(tier, card.hostile()),
                card.hostileAccounts(),
                named(tier, card.honest()),
                campaigns.stream()
                        .mapToLong(campaign -> campaign.requestsBefore(tier))
                        .sum(),
                campaigns.stream().mapToLong(CampaignScore::requests).sum());
    }

    private static int named(Tier tier, List<AccountResult> accounts) {
        return (int) accounts.stream()
                .filter(account -> account.campaign().of(tier).isPresent())
                .count();
    }
}
