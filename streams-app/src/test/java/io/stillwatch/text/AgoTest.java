package io.stillwatch.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgoTest {
    @ParameterizedTest
    @CsvSource({
        "0, now",
        "-59999, now",
        "-300000, 5 min ago",
        "-5340000, 89 min ago",
        "-5400000, 1 h ago",
        "10800000, in 3 h",
        "-172800000, 2 days ago",
        "-5788800000, 67 days ago"
    })
    void aMomentLiesSoFarFromNow(long aheadMs, String words) {
        assertThat(Ago.of(1_790_000_000_000L + aheadMs, 1_790_000_000_000L)).isEqualTo(words);
    }
}
