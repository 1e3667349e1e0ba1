package io.stillwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ServerTimeTest {
    @Test
    void quantilesAreOfAllThatWasRecorded() {
        ServerTime times = new ServerTime();
        assertThat(times.quantileNanos(0.5)).isZero();
        for (int nanos = 1; nanos <= 1_000; nanos++) {
            times.record(nanos);
        }
        assertThat(times.count()).isEqualTo(1_000);
        assertThat(times.quantileNanos(0.5)).isBetween(500L, 535L);
        assertThat(times.quantileNanos(0.99)).isBetween(990L, 1_060L);
    }

    @Property
    void aQuantileIsNoLessThanTheTimeAndLittleMore(@ForAll @LongRange(min = 1, max = 1L << 50) long nanos) {
        ServerTime times = new ServerTime();
        times.record(nanos);
        assertThat(times.quantileNanos(1)).isBetween(nanos, nanos + nanos / 15 + 2);
    }
}
