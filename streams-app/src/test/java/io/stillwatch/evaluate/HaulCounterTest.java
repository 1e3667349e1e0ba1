package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HaulCounterTest {
    private static final long DAY_MS = 86_400_000L;

    private static HaulCounter threeRequests() {
        HaulCounter counter = new HaulCounter();
        counter.harvested(1_000, 10);
        counter.harvested(2_000, 20);
        counter.harvested(3_000, 30);
        return counter;
    }

    @Test
    void whatCameUntilTheAlertIsAllAnAttackerGets() {
        assertThat(threeRequests().haul(OptionalLong.of(2_000), 10 * DAY_MS)).isEqualTo(new Haul(2, 30, true));
    }

    @Test
    void anAlertBeforeTheFirstAnswerLeavesNothing() {
        assertThat(threeRequests().haul(OptionalLong.of(999), DAY_MS)).isEqualTo(new Haul(0, 0, true));
    }

    @Test
    void whoIsNeverCaughtGoesOnForThirtyDays() {
        assertThat(threeRequests().haul(OptionalLong.empty(), 10 * DAY_MS)).isEqualTo(new Haul(9, 180, false));
        assertThat(threeRequests().haul(OptionalLong.empty(), 60 * DAY_MS).requests())
                .isCloseTo(1.5, within(1e-12));
    }

    @Test
    void longHarvestsAreCountedInFull() {
        HaulCounter counter = new HaulCounter();
        for (int i = 0; i < 1_000; i++) {
            counter.harvested(i, 2);
        }

        assertThat(counter.haul(OptionalLong.of(499), DAY_MS)).isEqualTo(new Haul(500, 1_000, true));
        assertThat(counter.haul(OptionalLong.empty(), 30 * DAY_MS)).isEqualTo(new Haul(1_000, 2_000, false));
    }
}
