package io.stillwatch.simulate.chance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ChanceTest {
    @Test
    void theSameSeedGivesTheseVeryDrawsOnEveryJdk() {
        Chance chance = new Chance(42);

        assertThat(List.of(chance.nextLong(), (long) chance.below(1000), (long) chance.between(-5, 5)))
                .containsExactly(-4767286540954276203L, 159L, -2L);
        assertThat(List.of(
                        chance.unit(), chance.gaussian(), chance.logNormal(1, 2), chance.gamma(0.25), chance.gamma(3)))
                .containsExactly(
                        0.34419071652363753,
                        -0.6018779810957331,
                        0.12434176147140828,
                        0.005888701318152869,
                        3.782826435491538);
        assertThat(Chance.seed(1, "name")).isEqualTo(-7814177533463735125L);
    }

    @Property
    void drawsStayInTheirRange(@ForAll long seed, @ForAll @IntRange(min = 1) int bound) {
        Chance chance = new Chance(seed);

        for (int i = 0; i < 20; i++) {
            assertThat(chance.below(bound)).isBetween(0, bound - 1);
            assertThat(chance.zipf(bound)).isBetween(0, bound - 1);
            assertThat(chance.unit()).isGreaterThanOrEqualTo(0).isLessThan(1);
            assertThat(chance.logUniform(1, bound)).isBetween(1, bound);
            assertThat(chance.gamma(0.2)).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void momentsOfTheDistributionsAreAsTheirNamesSay() {
        assertThat(mean(new Chance(1), chance -> chance.exponential(3))).isBetween(2.9, 3.1);
        assertThat(mean(new Chance(2), Chance::gaussian)).isBetween(-0.03, 0.03);
        assertThat(mean(new Chance(3), chance -> chance.gamma(0.25))).isBetween(0.24, 0.26);
        assertThat(mean(new Chance(4), chance -> chance.gamma(5))).isBetween(4.9, 5.1);
        assertThat(mean(new Chance(5), chance -> StrictMath.log(chance.logNormal(2, 0.5))))
                .isBetween(1.98, 2.02);
    }

    private static double mean(Chance chance, ToDoubleFunction<Chance> draw) {
        return DoubleStream.generate(() -> draw.applyAsDouble(chance))
                .limit(40_000)
                .average()
                .orElseThrow();
    }

    @Test
    void popularRanksComeMoreOftenThanRareOnes() {
        Chance chance = new Chance(9);
        int[] count = new int[100];
        for (int i = 0; i < 50_000; i++) {
            count[chance.zipf(100)]++;
        }

        assertThat(count[0]).isGreaterThan(3 * count[4]).isGreaterThan(20 * count[60]);
        assertThat(count[99]).isPositive();
    }

    @Test
    void weightsDecideHowOftenAnIndexIsDrawn() {
        Chance chance = new Chance(10);
        int[] count = new int[3];
        for (int i = 0; i < 20_000; i++) {
            count[chance.weighted(1, 0, 3)]++;
        }

        assertThat(count[1]).isZero();
        assertThat(count[2]).isBetween(14_500, 15_500);
    }
}
