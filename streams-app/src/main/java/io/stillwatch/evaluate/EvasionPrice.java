package io.stillwatch.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What attackers get who hide in one way with one strength.
 *
 * @param evasion its name
 * @param strength 0 to 1
 * @param hauls of the accounts, at least one
 */
public record EvasionPrice(String evasion, double strength, List<Haul> hauls) {
    public EvasionPrice {
        hauls = List.copyOf(hauls);
        if (hauls.isEmpty()) {
            throw new IllegalArgumentException("A price needs at least one account.");
        }
    }

    /** Accounts that were caught; count. */
    public int caught() {
        return (int) hauls.stream().filter(Haul::caught).count();
    }

    /** Harvested requests of an account in a month: what an attacker with many such accounts can expect of each. */
    public double requestsMean() {
        return mean(Haul::requests);
    }

    /** Output tokens of an account in a month, mean. */
    public double outputTokensMean() {
        return mean(Haul::outputTokens);
    }

    /** Harvested requests of the middle account; the lower of the two middle ones when their number is even. */
    public double requestsMedian() {
        double[] sorted = hauls.stream().mapToDouble(Haul::requests).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }

    private double mean(ToDoubleFunction<Haul> figure) {
        return Arrays.stream(hauls.stream().mapToDouble(figure).toArray())
                .average()
                .orElseThrow();
    }
}
