package io.stillwatch.evaluate;

import io.stillwatch.alert.AlertLifecycle;
import io.stillwatch.profile.EntityType;
import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.simulate.TruthRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Keeps what a run shows of each account. Not thread-safe. */
public final class Watch {
    private final Map<String, Seen> accounts = new HashMap<>();
    private final CampaignWatch campaigns = new CampaignWatch();
    private final GroupWatch groups = new GroupWatch();
    private long firstMs = Long.MAX_VALUE;
    private long lastMs = Long.MIN_VALUE;
    private long events;

    private static final class Seen {
        private final Ledger ledger = new Ledger();
        private Nearest nearest = Nearest.NONE;
        private Catches caught = Catches.NONE;
        private int alerts;
    }

    /**
     * Takes in that an account made a request.
     *
     * @param timeMs event time, milliseconds since 1970 UTC
     * @param outputTokens of the answer; count
     */
    public void event(String account, long timeMs, long outputTokens) {
        record(account).ledger.add(timeMs, outputTokens);
        firstMs = Math.min(firstMs, timeMs);
        lastMs = Math.max(lastMs, timeMs);
        events++;
    }

    private Seen record(String account) {
        return accounts.computeIfAbsent(account, id -> new Seen());
    }

    /** Takes in how near an account is to a signature now. */
    public void near(String account, Nearest now) {
        Seen record = record(account);
        record.nearest = record.nearest.or(now);
    }

    /** Whether an account has never been as near to a signature before. */
    public boolean isNearer(String account, double margin) {
        Seen seen = accounts.get(account);
        return seen == null || seen.nearest.signature().isEmpty() || margin > seen.nearest.margin();
    }

    /** Takes in a look at a group of accounts, by the name that it has as a campaign. */
    public void group(String name, GroupLook look) {
        groups.looked(name, look);
    }

    /** The groups as they were last seen, with whose they are in truth. */
    public List<GroupScore> groups(List<TruthRow> truth) {
        return groups.scores(
                truth.stream().collect(Collectors.toMap(TruthRow::accountId, row -> row, (one, other) -> one)));
    }

    /** Takes in a step of an alert's life. */
    public void alert(Alert step) {
        if (step.getState() == AlertState.CLOSED) {
            return;
        }
        if (step.getEntityType().equals(EntityType.CAMPAIGN)) {
            campaigns.alert(step);
            return;
        }
        Seen record = record(step.getEntityId());
        record.alerts += AlertLifecycle.opens(step) ? 1 : 0;
        Catch now = new Catch(
                step.getTime(),
                step.getRequests(),
                step.getOutputTokens(),
                step.getFindings().get(0).getSignatureId(),
                step.getExplanation(),
                Optional.of(step.getFindings().get(0)));
        for (Tier tier : Tier.values()) {
            if (tier.reachedBy(step)) {
                record.caught = record.caught.with(tier, now);
            }
        }
    }

    /** Takes in that an account is a member of a campaign, as of a moment in milliseconds since 1970 UTC. */
    public void member(String campaign, String account, long timeMs) {
        campaigns.member(campaign, account, timeMs);
    }

    /** Takes in that an account is no member of a campaign any more. */
    public void left(String campaign, String account) {
        campaigns.left(campaign, account);
    }

    /** Whether an alert of its own of a tier was taken in for an account. */
    public boolean isCaught(String account, Tier tier) {
        Seen seen = accounts.get(account);
        return seen != null && seen.caught.of(tier).isPresent();
    }

    /** Requests taken in; count. */
    public long events() {
        return events;
    }

    /** Event time from the first to the last request, in milliseconds. */
    public long spanMs() {
        return events == 0 ? 0 : lastMs - firstMs;
    }

    /** What became of the accounts that the truth names and that made a request, in the truth's order. */
    public List<AccountResult> results(List<TruthRow> truth) {
        Map<String, Catches> inCampaigns = inCampaigns();
        List<AccountResult> results = new ArrayList<>();
        for (TruthRow row : truth) {
            Seen record = accounts.get(row.accountId());
            if (record != null) {
                results.add(new AccountResult(
                        row,
                        record.nearest,
                        record.caught,
                        inCampaigns.getOrDefault(row.accountId(), Catches.NONE),
                        record.alerts));
            }
        }
        return results;
    }

    /** The first alerts of campaigns that name an account, by account. */
    private Map<String, Catches> inCampaigns() {
        Map<String, Catches> first = new HashMap<>();
        for (FoundCampaign campaign : campaigns.found()) {
            campaign.named().forEach((account, ms) -> {
                Seen record = accounts.get(account);
                if (record != null) {
                    Catches here = first.getOrDefault(account, Catches.NONE)
                            .with(Tier.ANY, named(record.ledger, campaign, ms));
                    if (campaign.aboveLowMs().isPresent()) {
                        long aboveMs = Math.max(ms, campaign.aboveLowMs().getAsLong());
                        here = here.with(Tier.ABOVE_LOW, named(record.ledger, campaign, aboveMs));
                    }
                    first.put(account, here);
                }
            });
        }
        return first;
    }

    private static Catch named(Ledger ledger, FoundCampaign campaign, long timeMs) {
        return new Catch(
                timeMs,
                ledger.requestsUntil(timeMs),
                ledger.tokensUntil(timeMs),
                campaign.signature(),
                campaign.explanation());
    }

    /** The accounts that an alert names, their own or a campaign's. */
    public Set<String> named() {
        Set<String> named = new HashSet<>();
        accounts.forEach((account, seen) -> {
            if (seen.caught.any().isPresent()) {
                named.add(account);
            }
        });
        campaigns.found().forEach(campaign -> named.addAll(campaign.named().keySet()));
        return named;
    }

    /** How well the campaigns of the truth were found; accounts that made no request are left out. */
    public CampaignScores campaigns(List<TruthRow> truth) {
        return CampaignScores.of(
                campaigns.found(),
                truth.stream()
                        .filter(row -> accounts.containsKey(row.accountId()))
                        .toList(),
                account -> record(account).ledger.requests(),
                (account, timeMs) -> record(account).ledger.requestsUntil(timeMs));
    }

    /** Accounts that made requests though the truth does not name them; count. */
    public long unnamed(List<TruthRow> truth) {
        Set<String> named = new HashSet<>();
        truth.forEach(row -> named.add(row.accountId()));
        return accounts.keySet().stream()
                .filter(account -> !named.contains(account))
                .count();
    }
}
