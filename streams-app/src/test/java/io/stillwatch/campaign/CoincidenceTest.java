package io.stillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CoincidenceTest {
    @Property
    void itNeverPromisesLessThanTheBinomialTail(
            @ForAll @IntRange(min = 1, max = 60) int accounts,
            @ForAll @IntRange(min = 1, max = 60) int having,
            @ForAll @DoubleRange(min = 0.01, max = 0.99) double probability) {
        int atLeast = Math.min(having, accounts);

        assertThat(Math.exp(Coincidence.logOfAtLeast(atLeast, accounts, probability)))
                .isGreaterThanOrEqualTo(tail(atLeast, accounts, probability) - 1e-9);
    }

    private static double tail(int atLeast, int accounts, double probability) {
        double sum = 0;
        double logCombinations = 0;
        for (int having = 0; having <= accounts; having++) {
            if (having >= atLeast) {
                sum += Math.exp(logCombinations
                        + having * Math.log(probability)
                        + (accounts - having) * Math.log1p(-probability));
            }
            logCombinations += Math.log((accounts - having) / (having + 1.0));
        }
        return sum;
    }

    @Test
    void whatIsExpectedSaysNothing() {
        assertThat(Coincidence.logOfAtLeast(10, 100, 0.1)).isZero();
    }

    @Test
    void allOfTwelveSharingARareKeyIsNoChance() {
        assertThat(Coincidence.logOfAtLeast(12, 12, 0.003)).isLessThan(Math.log(1e-30));
    }
}
