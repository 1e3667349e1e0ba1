package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RocTest {
    @Test
    void theAreaIsTheShareOfPairsInTheRightOrderWithTiesAsHalf() {
        // Pairs won: 4 of 4 by 0.9, 2.5 of 4 by 0.4 (one tie), 0 of 4 by 0.1 = 6.5 of 12.
        Roc roc = new Roc(new double[] {0.2, 0.3, 0.4, 0.5}, new double[] {0.9, 0.4, 0.1});

        assertThat(roc.area()).hasValueCloseTo(6.5 / 12, within(1e-12));
    }

    @Test
    void theCurveGoesThroughEveryThresholdAndTakesTiesInOneStep() {
        Roc roc = new Roc(new double[] {0.2, 0.5}, new double[] {0.9, 0.5});

        assertThat(roc.points())
                .containsExactly(
                        new Roc.Point(0, 0), new Roc.Point(0, 0.5), new Roc.Point(0.5, 1), new Roc.Point(1, 1));
    }

    @Test
    void theAreaUnderTheCurveIsTheAreaByPairs() {
        double[] honest = IntStream.range(0, 40).mapToDouble(i -> i * 7 % 11).toArray();
        double[] hostile =
                IntStream.range(0, 30).mapToDouble(i -> 3 + i * 5 % 13).toArray();
        Roc roc = new Roc(honest, hostile);
        double area = 0;
        for (int i = 1; i < roc.points().size(); i++) {
            Roc.Point from = roc.points().get(i - 1);
            Roc.Point to = roc.points().get(i);
            area += (to.falsePositives() - from.falsePositives()) * (to.detected() + from.detected()) / 2;
        }

        assertThat(roc.area()).hasValueCloseTo(area, within(1e-12));
    }

    @Test
    void theThresholdLetsNoMoreThanTheShareOfHonestAccountsThrough() {
        double[] honest = IntStream.range(0, 1_000).mapToDouble(i -> i).toArray();
        Roc roc = new Roc(honest, new double[] {996.5, 997, 998.5, 999.5});

        // At 0.3 % three honest accounts, 997 to 999, may lie above.
        assertThat(roc.threshold(0.003)).hasValue(996);
        assertThat(roc.detection(0.003)).hasValue(1);
        assertThat(roc.threshold(0.001)).hasValue(998);
        assertThat(roc.detection(0.001)).hasValue(0.5);
    }

    @Test
    void tiedHonestAccountsAreNotFlaggedTogetherBeyondTheShare() {
        Roc roc =
                new Roc(IntStream.range(0, 100).mapToDouble(i -> i < 90 ? 0 : 1).toArray(), new double[] {1, 2});

        assertThat(roc.threshold(0.01)).hasValue(1);
        assertThat(roc.detection(0.01)).hasValue(0.5);
    }

    @Test
    void fewHonestAccountsTellNothingAboutRareFalsePositives() {
        Roc roc = new Roc(new double[999], new double[] {1});

        assertThat(roc.threshold(0.001)).isEmpty();
        assertThat(roc.detection(0.001)).isEmpty();
        assertThat(new Roc(new double[1_000], new double[] {1}).detection(0.001))
                .hasValue(1);
    }

    @Test
    void oneKindAloneHasNoArea() {
        assertThat(new Roc(new double[] {1}, new double[0]).area()).isEmpty();
        assertThat(new Roc(new double[0], new double[] {1}).area()).isEmpty();
    }
}
