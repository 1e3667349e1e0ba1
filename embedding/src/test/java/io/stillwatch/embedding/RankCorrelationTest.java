package io.stillwatch.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankCorrelationTest {
    @Test
    void anyRisingRelationIsOneAndAnyFallingOneMinusOne() {
        assertThat(RankCorrelation.of(new double[] {1, 2, 3, 4}, new double[] {1, 10, 11, 500}))
                .isEqualTo(1);
        assertThat(RankCorrelation.of(new double[] {1, 2, 3, 4}, new double[] {9, 8, 1, -3}))
                .isEqualTo(-1);
    }

    @Test
    void equalValuesShareTheirRank() {
        // Ranks 0, 1.5, 1.5, 3 against 0, 1, 2, 3: covariance 4.5, variances 4.5 and 5.
        assertThat(RankCorrelation.of(new double[] {1, 2, 2, 3}, new double[] {1, 2, 3, 4}))
                .isCloseTo(4.5 / Math.sqrt(4.5 * 5), within(1e-12));
    }
}
