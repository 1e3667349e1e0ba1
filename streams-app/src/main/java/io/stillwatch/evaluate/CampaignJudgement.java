package io.stillwatch.evaluate;

import io.stillwatch.simulate.TruthRow;
import io.stillwatch.simulate.actor.Label;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Judges the campaigns that were found by the truth about their members. */
final class CampaignJudgement {
    private final List<FoundCampaign> found;
    private final ToLongFunction<String> requests;
    private final CampaignScores.RequestsUntil requestsUntil;
    private final Map<String, TruthRow> truth = new LinkedHashMap<>();
    private final Map<String, List<String>> accounts = new TreeMap<>();

    CampaignJudgement(
            List<FoundCampaign> found,
            List<TruthRow> truth,
            ToLongFunction<String> requests,
            CampaignScores.RequestsUntil requestsUntil) {
        this.found = found;
        this.requests = requests;
        this.requestsUntil = requestsUntil;
        for (TruthRow row : truth) {
            this.truth.put(row.accountId(), row);
            if (!row.campaignId().isEmpty()) {
                accounts.computeIfAbsent(row.campaignId(), name -> new ArrayList<>())
                        .add(row.accountId());
            }
        }
    }

    CampaignScores scores() {
        Map<String, List<FoundCampaign>> byCampaign = new HashMap<>();
        List<FalseCampaign> wrong = new ArrayList<>();
        for (FoundCampaign campaign : found) {
            trueName(campaign)
                    .ifPresentOrElse(
                            name -> byCampaign
                                    .computeIfAbsent(name, unused -> new ArrayList<>())
                                    .add(campaign),
                            () -> wrong.add(wrong(campaign)));
        }
        Set<String> named = new HashSet<>();
        found.forEach(campaign ->
                campaign.members().stream().filter(truth::containsKey).forEach(named::add));
        List<CampaignScore> scores = new ArrayList<>();
        accounts.forEach((name, own) -> scores.add(score(name, own, byCampaign.getOrDefault(name, List.of()), named)));
        int rightly = (int) named.stream()
                .map(truth::get)
                .filter(known -> known != null && !known.campaignId().isEmpty())
                .count();
        return new CampaignScores(scores, wrong, named.size(), rightly, pairs(), alerts());
    }

    private List<CampaignAlert> alerts() {
        return found.stream()
                .map(campaign -> {
                    FalseCampaign company = wrong(campaign);
                    return new CampaignAlert(
                            !company.mostlyHonest(), campaign.aboveLowMs().isPresent());
                })
                .toList();
    }

    /** The true campaign that most of the members work for, unless fewer than half work for any. */
    private Optional<String> trueName(FoundCampaign campaign) {
        Map<String, Integer> counts = new TreeMap<>();
        int known = 0;
        int working = 0;
        for (String account : campaign.judgedBy()) {
            TruthRow row = truth.get(account);
            if (row != null) {
                known++;
                if (!row.campaignId().isEmpty()) {
                    working++;
                    counts.merge(row.campaignId(), 1, Integer::sum);
                }
            }
        }
        return 2 * working < known
                ? Optional.empty()
                : counts.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
    }

    private FalseCampaign wrong(FoundCampaign campaign) {
        Map<String, Integer> kinds = new TreeMap<>();
        int honest = 0;
        int known = 0;
        for (String account : campaign.judgedBy()) {
            TruthRow row = truth.get(account);
            if (row != null) {
                known++;
                honest += row.label() == Label.HONEST ? 1 : 0;
                if (row.campaignId().isEmpty()) {
                    kinds.merge(row.kind(), 1, Integer::sum);
                }
            }
        }
        return new FalseCampaign(campaign.id(), known, honest, kinds, campaign.explanation());
    }

    private CampaignScore score(String name, List<String> own, List<FoundCampaign> foundAs, Set<String> named) {
        Set<String> company = new HashSet<>();
        foundAs.forEach(campaign -> company.addAll(campaign.judgedBy()));
        company.retainAll(truth.keySet());
        OptionalLong alertedMs =
                foundAs.stream().mapToLong(FoundCampaign::alertedMs).min();
        OptionalLong aboveLowMs = foundAs.stream()
                .flatMapToLong(campaign -> campaign.aboveLowMs().stream())
                .min();
        return new CampaignScore(
                name,
                own.size(),
                (int) own.stream().filter(named::contains).count(),
                company.size(),
                (int) own.stream().filter(company::contains).count(),
                own.stream().mapToLong(requests).sum(),
                requestsUntil(own, alertedMs),
                requestsUntil(own, aboveLowMs),
                foundAs.stream().map(FoundCampaign::id).toList());
    }

    private long requestsUntil(List<String> own, OptionalLong alertedMs) {
        return own.stream()
                .mapToLong(account -> alertedMs.isEmpty()
                        ? requests.applyAsLong(account)
                        : requestsUntil.of(account, alertedMs.getAsLong()))
                .sum();
    }

    private CampaignScores.Pairs pairs() {
        List<FoundCampaign> largestFirst = found.stream()
                .sorted(Comparator.<FoundCampaign>comparingInt(
                                campaign -> -campaign.members().size())
                        .thenComparing(FoundCampaign::id))
                .toList();
        Set<String> taken = new HashSet<>();
        long foundPairs = 0;
        long both = 0;
        for (FoundCampaign campaign : largestFirst) {
            long size = 0;
            Map<String, Long> working = new HashMap<>();
            for (String account : campaign.members()) {
                TruthRow row = truth.get(account);
                if (row != null && taken.add(account)) {
                    size++;
                    if (!row.campaignId().isEmpty()) {
                        working.merge(row.campaignId(), 1L, Long::sum);
                    }
                }
            }
            foundPairs += pairsOf(size);
            both += working.values().stream()
                    .mapToLong(CampaignJudgement::pairsOf)
                    .sum();
        }
        long together =
                accounts.values().stream().mapToLong(own -> pairsOf(own.size())).sum();
        return new CampaignScores.Pairs(together, foundPairs, both);
    }

    private static long pairsOf(long accounts) {
        return accounts * (accounts - 1) / 2;
    }
}
