package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BarSearchTest {
    private static final double NONE = Double.NaN;

    private static BarSearch.Knob knob(double[] honest, double... harvests) {
        double[] weights = new double[honest.length];
        Arrays.fill(weights, 1);
        return new BarSearch.Knob(honest, weights, harvests);
    }

    private static double[] search(double most, int harvests, List<BarSearch.Knob> knobs) {
        return new BarSearch(knobs, new boolean[harvests]).search(most);
    }

    @Test
    void aSignatureThatFlagsNobodyHonestKeepsItsCondition() {
        assertThat(search(0.5, 2, List.of(knob(new double[0], 0.1, 0.2)))).containsExactly(0);
    }

    @Test
    void aBudgetThatIsNotSpentRaisesNothing() {
        assertThat(search(3, 1, List.of(knob(new double[] {0.1, 0.2, 0.3}, 0.9))))
                .containsExactly(0);
    }

    @Test
    void aBarLiesBeyondTheLastHonestOneAsFarAsTheirTailSays() {
        double[] bars = search(0.5, 1, List.of(knob(new double[] {0.01, 0.02, 0.03, 0.04}, 0.9)));

        // Four times exp(-(bar - 0.01) / 0.015) must come to half a case.
        assertThat(bars[0]).isBetween(0.041, 0.043);
    }

    @Test
    void theSignatureThatEarnsMoreKeepsMoreOfTheBudget() {
        BarSearch.Knob earns = knob(new double[] {0.3}, 0.2, 0.2, 0.2, 0.2);
        BarSearch.Knob earnsNothing = knob(new double[] {0.3}, NONE, NONE, NONE, NONE);

        double[] bars = search(1, 4, List.of(earns, earnsNothing));

        assertThat(bars[0]).isZero();
        assertThat(bars[1]).isGreaterThan(0.3);
    }

    @Test
    void whatAnotherSignatureFindsCostsLessThanWhatNobodyElseFinds() {
        BarSearch.Knob alone = knob(new double[] {0.3}, 0.2, NONE);
        BarSearch.Knob doubled = knob(new double[] {0.3}, NONE, 0.2);
        BarSearch.Knob other = knob(new double[0], NONE, 0.9);

        double[] bars = search(1, 2, List.of(alone, doubled, other));

        assertThat(bars[0]).isZero();
        assertThat(bars[1]).isGreaterThan(0.3);
    }

    @Property(tries = 200)
    void noMoreHonestCasesThanMayBeAreFlaggedWhereBarsCanReach(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 5) int signatures,
            @ForAll @DoubleRange(max = 4) double most) {
        Random random = new Random(seed);
        List<double[]> honest = random.ints(signatures, 0, 8)
                .mapToObj(number -> random.doubles(number, 0, 0.9).toArray())
                .toList();
        List<BarSearch.Knob> knobs = honest.stream()
                .map(strengths -> knob(strengths, random.doubles(6, 0, 1).toArray()))
                .toList();

        double[] bars = search(most, 6, knobs);

        double flagged = 0;
        for (int at = 0; at < bars.length; at++) {
            double bar = bars[at];
            flagged += Arrays.stream(honest.get(at))
                    .filter(strength -> strength >= bar)
                    .count();
            assertThat(bar).isBetween(0.0, 1.0);
        }
        double sum = flagged;
        boolean saturated = Arrays.stream(bars).anyMatch(bar -> bar >= 0.999);
        assertThat(saturated || sum <= most).isTrue();
    }
}
