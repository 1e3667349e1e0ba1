package io.stillwatch.topology.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CampaignTimeTest {
    private static final long START_MS = 1_790_000_000_000L;
    private static final long TICK_MS = 600_000;

    private final CampaignTime time = new CampaignTime();

    @Test
    void nothingIsDueBeforeTimePasses() {
        change(1_000);

        assertThat(time.isDue(10)).isFalse();
    }

    @Test
    void nothingIsDueWhenNothingChanged() {
        time.observe(0, START_MS);
        time.observe(0, START_MS + 1_000 * TICK_MS);

        assertThat(time.isDue(10)).isFalse();
    }

    @Test
    void muchThatChangedIsLookedAtSoonAndLittleLater() {
        time.observe(0, START_MS);
        change(20);
        time.observe(0, START_MS + TICK_MS);
        assertThat(time.isDue(80)).isTrue();
        assertThat(time.isDue(800)).isFalse();

        time.observe(0, START_MS + 10 * TICK_MS);
        assertThat(time.isDue(800)).isTrue();
        assertThat(time.isDue(1_000_000)).isFalse();

        time.observe(0, START_MS + 18 * TICK_MS);
        assertThat(time.isDue(1_000_000)).isTrue();

        time.looked();
        assertThat(time.isDue(80)).isFalse();
    }

    @Test
    void aLogThatIsReadPartitionByPartitionIsLookedThrough() {
        time.observe(0, START_MS);
        time.observe(0, START_MS + 500 * TICK_MS);
        change(1);
        time.looked();

        time.observe(1, START_MS);
        change(1);
        time.observe(1, START_MS + 40 * TICK_MS);

        assertThat(time.isDue(10_000)).isTrue();
        assertThat(time.nowMs()).isEqualTo(START_MS + 500 * TICK_MS);
    }

    @Test
    void whatIsStoredGoesOn() {
        time.observe(0, START_MS);
        change(5);
        time.observe(0, START_MS + 3 * TICK_MS);
        CampaignTime read = CampaignTime.decode(time.encode());

        assertThat(read.isDue(60)).isEqualTo(time.isDue(60)).isTrue();
        assertThat(read.nowMs()).isEqualTo(time.nowMs());
        assertThat(read.clocks().heard()).isOne();
    }

    private void change(int accounts) {
        for (int at = 0; at < accounts; at++) {
            time.changed();
        }
    }
}
