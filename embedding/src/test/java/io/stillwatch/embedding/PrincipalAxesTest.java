package io.stillwatch.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PrincipalAxesTest {
    @Test
    void theFirstAxisIsTheOneOfTheLargestSpread() {
        PrincipalAxes axes = PrincipalAxes.of(
                List.of(new double[] {1, 10, 0}, new double[] {1, -10, 0}, new double[] {1, 0, 1}, new double[] {
                    1, 0, -1
                }),
                2);
        assertThat(axes.centre()).containsExactly(1, 0, 0);
        assertThat(axes.axes()[0]).containsExactly(new double[] {0, 1, 0}, within(1e-9));
        assertThat(axes.axes()[1]).containsExactly(new double[] {0, 0, 1}, within(1e-9));
        assertThat(axes.project(new double[] {5, 3, -2})).containsExactly(new double[] {3, -2}, within(1e-9));
    }
}
