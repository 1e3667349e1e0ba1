package io.stillwatch.topology.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CampaignTimeTest {
    private static final long START = 2_983_333;

    private final CampaignTime time = new CampaignTime(1);

    @Test
    void nothingIsDueBeforeTimePasses() {
        time.passTo(START);
        time.looked();
        change(1_000);

        assertThat(time.isDue(10)).isFalse();
    }

    @Test
    void nothingIsDueWhenNothingChanged() {
        time.passTo(START);
        time.passTo(START + 1_000);

        assertThat(time.isDue(10)).isFalse();
        assertThat(time.dueTick(10)).isEqualTo(CampaignTime.NO_TICK);
    }

    @Test
    void muchThatChangedIsLookedAtSoonAndLittleLater() {
        time.passTo(START);
        time.looked();
        change(20);
        assertThat(time.dueTick(80)).isEqualTo(START + 1);
        assertThat(time.dueTick(800)).isEqualTo(START + 10);
        assertThat(time.dueTick(1_000_000)).isEqualTo(START + 18);

        time.passTo(START + 10);
        assertThat(time.isDue(800)).isTrue();
        assertThat(time.isDue(1_000_000)).isFalse();

        time.looked();
        assertThat(time.isDue(80)).isFalse();
    }

    @Test
    void allIsToldOfTheTicksThatEveryPartitionHasPassed() {
        CampaignTime two = new CampaignTime(2);
        two.clocks().observe(0, START * CampaignTime.TICK_MS + 1);
        assertThat(two.completeTick()).isEqualTo(Long.MIN_VALUE);

        two.clocks().observe(1, (START + 7) * CampaignTime.TICK_MS);
        assertThat(two.completeTick()).isEqualTo(START);
    }

    @Test
    void whatIsStoredGoesOn() {
        time.clocks().observe(0, START * CampaignTime.TICK_MS);
        time.passTo(START);
        change(5);
        CampaignTime read = CampaignTime.decode(time.encode(), 1);

        assertThat(read.dueTick(60)).isEqualTo(time.dueTick(60));
        assertThat(read.nowMs()).isEqualTo(time.nowMs()).isEqualTo(START * CampaignTime.TICK_MS);
        assertThat(read.completeTick()).isEqualTo(START);
    }

    private void change(int accounts) {
        for (int at = 0; at < accounts; at++) {
            time.changed();
        }
    }
}
