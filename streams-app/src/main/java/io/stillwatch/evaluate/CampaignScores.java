package io.stillwatch.evaluate;

import io.stillwatch.simulate.TruthRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * How well campaigns were found. An account that is in several found campaigns counts for the largest.
 *
 * @param campaigns the true ones, by name
 * @param wrong campaigns with an alert that are none
 * @param named accounts that are members of a campaign with an alert in the end; count
 * @param namedRightly of them, accounts that work for a true campaign; count
 * @param pairs what was found of pairs of accounts
 * @param alerts of campaigns
 */
public record CampaignScores(
        List<CampaignScore> campaigns,
        List<FalseCampaign> wrong,
        int named,
        int namedRightly,
        Pairs pairs,
        List<CampaignAlert> alerts) {
    /** No campaigns, true or found. */
    public static final CampaignScores NONE =
            new CampaignScores(List.of(), List.of(), 0, 0, new Pairs(0, 0, 0), List.of());

    public CampaignScores {
        campaigns = List.copyOf(campaigns);
        wrong = List.copyOf(wrong);
        alerts = List.copyOf(alerts);
    }

    /**
     * Pairs of accounts.
     *
     * @param together in truth: both work for the same campaign; count
     * @param found both are in the same found campaign; count
     * @param both found, and together in truth; count
     */
    public record Pairs(long together, long found, long both) {
        private Pairs plus(Pairs other) {
            return new Pairs(together + other.together, found + other.found, both + other.both);
        }

        /** Share of the pairs found that are true, 0 to 1. */
        public OptionalDouble precision() {
            return rate(both, found);
        }

        /** Share of the true pairs that were found, 0 to 1. */
        public OptionalDouble recall() {
            return rate(both, together);
        }
    }

    /**
     * Judges what was found.
     *
     * @param found campaigns with an alert
     * @param truth of the accounts that made requests
     * @param requests of an account
     * @param requestsUntil of an account until a moment
     */
    static CampaignScores of(
            List<FoundCampaign> found,
            List<TruthRow> truth,
            ToLongFunction<String> requests,
            RequestsUntil requestsUntil) {
        return new CampaignJudgement(found, truth, requests, requestsUntil).scores();
    }

    /** Requests of an account up to a moment of event time. */
    @FunctionalInterface
    interface RequestsUntil {
        long of(String account, long timeMs);
    }

    /** Several runs as one; a campaign whose name another run has as well gets its run's. */
    static CampaignScores together(Map<String, CampaignScores> runs) {
        Map<String, Integer> names = new HashMap<>();
        runs.values().forEach(run -> run.campaigns.forEach(campaign -> names.merge(campaign.name(), 1, Integer::sum)));
        List<CampaignScore> campaigns = new ArrayList<>();
        runs.forEach((name, run) -> run.campaigns.forEach(campaign -> campaigns.add(
                names.getOrDefault(campaign.name(), 1) == 1
                        ? campaign
                        : campaign.named(campaign.name() + " of " + name))));
        return new CampaignScores(
                campaigns,
                runs.values().stream().flatMap(run -> run.wrong.stream()).toList(),
                runs.values().stream().mapToInt(CampaignScores::named).sum(),
                runs.values().stream().mapToInt(CampaignScores::namedRightly).sum(),
                runs.values().stream().map(CampaignScores::pairs).reduce(new Pairs(0, 0, 0), Pairs::plus),
                runs.values().stream().flatMap(run -> run.alerts.stream()).toList());
    }

    private static OptionalDouble rate(long part, long whole) {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    /** Whether there is nothing to tell. */
    public boolean isEmpty() {
        return campaigns.isEmpty() && wrong.isEmpty();
    }

    /** Accounts that work for a campaign; count. */
    public int accounts() {
        return campaigns.stream().mapToInt(CampaignScore::accounts).sum();
    }

    /** Share of the true campaigns that an alert was opened for, 0 to 1. */
    public OptionalDouble found() {
        return rate(campaigns.stream().filter(CampaignScore::found).count(), campaigns.size());
    }

    /** Share of the accounts of all campaigns that are named in the end, 0 to 1. */
    public OptionalDouble recall() {
        return rate(namedRightly, accounts());
    }

    /** Share of the accounts named in the end that work for a campaign, 0 to 1. */
    public OptionalDouble precision() {
        return rate(namedRightly, named);
    }

    /** Share of all campaigns' requests that were made before their first alert, 0 to 1. */
    public OptionalDouble shareBefore() {
        return rate(
                campaigns.stream().mapToLong(CampaignScore::requestsBefore).sum(),
                campaigns.stream().mapToLong(CampaignScore::requests).sum());
    }

    /** Campaigns with an alert that accuse mostly honest accounts; count. */
    public int honestCampaigns() {
        return (int) wrong.stream().filter(FalseCampaign::mostlyHonest).count();
    }

    /** The figures by name, for files and floors. */
    Map<String, OptionalDouble> figures() {
        Map<String, OptionalDouble> figures = new TreeMap<>();
        figures.put("campaigns_found", found());
        figures.put("campaign_member_recall", recall());
        figures.put("campaign_member_precision", precision());
        figures.put("campaign_pair_recall", pairs.recall());
        figures.put("campaign_pair_precision", pairs.precision());
        figures.put("campaign_requests_before_alert", shareBefore());
        for (CampaignScore campaign : campaigns) {
            figures.put("campaign_member_recall." + campaign.name(), OptionalDouble.of(campaign.recall()));
            figures.put("campaign_member_precision." + campaign.name(), campaign.precision());
            figures.put("campaign_requests_before_alert." + campaign.name(), OptionalDouble.of(campaign.shareBefore()));
        }
        return figures;
    }
}
