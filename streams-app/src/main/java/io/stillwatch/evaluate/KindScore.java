package io.stillwatch.evaluate;

import java.util.List;
import java.util.OptionalLong;

/**
 * What became of the accounts of one kind.
 *
 * @param kind as the truth names it
 * @param accounts count
 * @param caught accounts for which an alert was opened, or for a campaign that names them; count
 * @param aboveLow accounts with an alert above low severity, their own or of a campaign that names them; count
 * @param alone accounts for which an alert of their own was opened; count
 * @param inCampaign accounts that a campaign with an alert names; count
 * @param requestsMedian requests of a caught account until its alert, median
 * @param requestsP90 the same, 90th percentile
 * @param tokensMedian output tokens that a caught account had got until its alert, median
 */
public record KindScore(
        String kind,
        int accounts,
        int caught,
        int aboveLow,
        int alone,
        int inCampaign,
        OptionalLong requestsMedian,
        OptionalLong requestsP90,
        OptionalLong tokensMedian) {
    static KindScore of(String kind, List<AccountResult> accounts) {
        List<Catch> catches =
                accounts.stream().flatMap(account -> account.caught().stream()).toList();
        Ranks requests = Ranks.of(catches.stream().map(Catch::requests).toList());
        Ranks tokens = Ranks.of(catches.stream().map(Catch::outputTokens).toList());
        return new KindScore(
                kind,
                accounts.size(),
                catches.size(),
                (int) accounts.stream()
                        .filter(account -> account.caught(Tier.ABOVE_LOW).isPresent())
                        .count(),
                (int) accounts.stream()
                        .filter(account -> account.alone().isPresent())
                        .count(),
                (int) accounts.stream()
                        .filter(account -> account.inCampaign().isPresent())
                        .count(),
                requests.quantile(0.5),
                requests.quantile(0.9),
                tokens.quantile(0.5));
    }
}
