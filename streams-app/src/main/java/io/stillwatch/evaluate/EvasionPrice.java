package io.stillwatch.evaluate;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;

/**
 * What attackers get who hide in one way with one strength, and what it costs them.
 *
 * @param hiding name of the evasion, or of the claims
 * @param strength 0 to 1
 * @param price what is lost beside requests and tokens, in words; empty for nothing
 * @param accounts what came of each, at least one
 */
public record EvasionPrice(String hiding, double strength, String price, List<Spoils> accounts) {
    public EvasionPrice {
        accounts = List.copyOf(accounts);
        if (accounts.isEmpty()) {
            throw new IllegalArgumentException("A price needs at least one account.");
        }
    }

    /** Accounts that an alert of a tier names, of all. */
    public Rate caught(Tier tier) {
        return new Rate(
                (int) accounts.stream()
                        .filter(account -> account.until(tier).caught())
                        .count(),
                accounts.size());
    }

    /** Requests of an account until its first alert of a tier, median over those that are caught. */
    public OptionalLong requestsUntil(Tier tier) {
        return Ranks.of(accounts.stream()
                        .flatMap(account -> account.requests(tier).stream().boxed())
                        .toList())
                .quantile(0.5);
    }

    /**
     * Answers that an account harvests in a month until an alert of a tier, mean: what an attacker with many such accounts
     * can expect of each.
     */
    public double answersMean(Tier tier) {
        return mean(account -> account.until(tier).requests());
    }

    /** Output tokens of an account in a month until an alert of a tier, mean. */
    public double outputTokensMean(Tier tier) {
        return mean(account -> account.until(tier).outputTokens());
    }

    /** Answers of the middle account; the lower of the two middle ones when their number is even. */
    public double answersMedian(Tier tier) {
        double[] sorted = accounts.stream()
                .mapToDouble(account -> account.until(tier).requests())
                .sorted()
                .toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    /** Requests that have to be sent for one answer of the harvest; empty when there is none. */
    public OptionalDouble requestsAnAnswer() {
        Effort effort = effort();
        return effort.answers() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) effort.requests() / effort.answers());
    }

    /** Input tokens that have to be sent for one answer of the harvest; empty when there is none. */
    public OptionalDouble inputTokensAnAnswer() {
        Effort effort = effort();
        return effort.answers() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) effort.inputTokens() / effort.answers());
    }

    private Effort effort() {
        return accounts.stream().map(Spoils::effort).reduce(new Effort(0, 0, 0), Effort::plus);
    }

    private double mean(ToDoubleFunction<Spoils> figure) {
        return accounts.stream().mapToDouble(figure).average().orElseThrow();
    }
}
