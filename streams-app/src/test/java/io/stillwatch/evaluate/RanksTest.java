package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RanksTest {
    @Test
    void aQuantileIsTheLeastValueThatTheShareOfAllDoesNotExceed() {
        Ranks ranks = Ranks.of(List.of(50L, 15L, 40L, 20L, 35L));

        assertThat(ranks.quantile(0.05)).hasValue(15);
        assertThat(ranks.quantile(0.3)).hasValue(20);
        assertThat(ranks.quantile(0.4)).hasValue(20);
        assertThat(ranks.quantile(0.5)).hasValue(35);
        assertThat(ranks.quantile(0.9)).hasValue(50);
        assertThat(ranks.quantile(1)).hasValue(50);
    }

    @Test
    void nothingHasNoQuantileAndNoShareIsNone() {
        assertThat(Ranks.of(List.of()).quantile(0.5)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ranks.of(List.of(1L)).quantile(0));
    }
}
