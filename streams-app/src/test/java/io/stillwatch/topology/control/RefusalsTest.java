package io.stillwatch.topology.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    @Test
    void eachOfTheFirstTenIsToldAndAFloodEverMoreRarely() {
        assertThat(LongStream.rangeClosed(1, 2_000_000).filter(Refusals::isTold))
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 100L, 1_000L, 10_000L, 100_000L, 1_000_000L);
        assertThat(Refusals.isTold(Long.MAX_VALUE)).isFalse();
    }
}
