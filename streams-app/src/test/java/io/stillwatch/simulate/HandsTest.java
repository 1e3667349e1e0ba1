package io.stillwatch.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.simulate.chance.Chance;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class HandsTest {
    @Provide
    Arbitrary<List<Integer>> capacities() {
        return Arbitraries.integers().between(0, 40).list().ofMinSize(1).ofMaxSize(30);
    }

    @Property(tries = 200)
    void everybodyGetsAsMuchAsTheyTakeHoweverItIsDealt(
            @ForAll("capacities") List<Integer> capacities, @ForAll Deal deal, @ForAll long seed) {
        int[] takes = capacities.stream().mapToInt(Integer::intValue).toArray();

        int[] dealt = Hands.deal(takes, deal, new Chance(seed));

        int[] got = new int[takes.length];
        Arrays.stream(dealt).forEach(player -> got[player]++);
        assertThat(got).isEqualTo(takes);
    }

    @Test
    void stickyHandsComeInRuns() {
        int[] dealt = Hands.deal(new int[] {200, 200, 200, 200}, Deal.STICKY, new Chance(3));
        int changes = 0;
        for (int i = 1; i < dealt.length; i++) {
            changes += dealt[i] == dealt[i - 1] ? 0 : 1;
        }

        assertThat(changes).isBetween(40, 120);
    }

    @Test
    void aBurstDealsToEverybodyInEachRound() {
        int[] dealt = Hands.deal(new int[] {3, 3, 3, 3}, Deal.BURST, new Chance(3));

        for (int round = 0; round < 3; round++) {
            assertThat(Arrays.copyOfRange(dealt, 4 * round, 4 * round + 4)).containsExactlyInAnyOrder(0, 1, 2, 3);
        }
        assertThat(Hands.roundSizes(new int[] {3, 1, 2})).containsExactly(3, 2, 1);
    }
}
