package io.stillwatch.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandingTest {
    @Test
    void aThresholdIsToldByTierAndNearness() {
        AccountResult flagged = Accounts.flagged("h", 0.29);

        assertThat(Standing.above(Accounts.honest("h", -0.162).standing())).isEqualTo("nearness above -0.162");
        assertThat(Standing.above(flagged.standing())).isEqualTo("an alert above low and nearness above +0.290");
        assertThat(Standing.above(flagged.standing() - AccountResult.TIER_STEP))
                .isEqualTo("any alert and nearness above +0.290, or an alert above low");
    }
}
