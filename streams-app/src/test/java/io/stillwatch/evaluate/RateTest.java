package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateTest {
    @Test
    void theIntervalIsThatOfClopperAndPearson() {
        // Of none the upper end is 1 − (α/2)^(1/n), of all the lower end (α/2)^(1/n).
        assertThat(new Rate(0, 200).low()).isZero();
        assertThat(new Rate(0, 200).high()).isCloseTo(1 - Math.pow(0.025, 1 / 200.0), within(1e-9));
        assertThat(new Rate(30, 30).low()).isCloseTo(Math.pow(0.025, 1 / 30.0), within(1e-9));
        assertThat(new Rate(30, 30).high()).isOne();
        // Clopper and Pearson's own kind of example: 3 of 10.
        assertThat(new Rate(3, 10).low()).isCloseTo(0.06674, within(1e-5));
        assertThat(new Rate(3, 10).high()).isCloseTo(0.65245, within(1e-5));
    }

    @Test
    void withoutTrialsAnythingMayBe() {
        Rate none = new Rate(0, 0);

        assertThat(none.share()).isEmpty();
        assertThat(none.low()).isZero();
        assertThat(none.high()).isOne();
    }

    @Test
    void moreThanAllIsNoShare() {
        assertThatThrownBy(() -> new Rate(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
