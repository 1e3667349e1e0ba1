package io.stillwatch.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RidgeFitTest {
    private static final double PENALTY = 0.5;

    private final PieceCounts counts =
            new PieceCounts(List.of(new int[] {0, 1, 1, 2}, new int[] {2}, new int[] {0, 2}), 4);

    @Test
    void sharesOfRepeatedPiecesAddUp() {
        assertThat(counts.multiply(new double[] {4, 8, 12, 100})).containsExactly(8, 12, 8);
        assertThat(counts.multiplyTransposed(new double[] {4, 1, 2})).containsExactly(2, 2, 3, 0);
        assertThat(counts.squaredShares()).containsExactly(0.3125, 0.25, 1.3125, 0);
    }

    @Test
    void theGradientVanishesAtTheFit() {
        double[] prior = {1, -1, 0.5, 7};
        double[] target = {2, -3, 0.25};
        double[] fitted = new RidgeFit(counts, PENALTY).fit(prior, target);
        double[] misses = counts.multiply(fitted);
        for (int i = 0; i < misses.length; i++) {
            misses[i] -= target[i];
        }
        double[] gradient = counts.multiplyTransposed(misses);
        for (int i = 0; i < gradient.length; i++) {
            assertThat(gradient[i] + PENALTY * (fitted[i] - prior[i])).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void aPieceInNoTextKeepsItsPrior() {
        double[] fitted = new RidgeFit(counts, PENALTY).fit(new double[] {0, 0, 0, 7}, new double[] {1, 1, 1});
        assertThat(fitted[3]).isEqualTo(7);
    }
}
