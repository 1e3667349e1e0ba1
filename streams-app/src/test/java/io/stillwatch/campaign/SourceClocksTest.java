package io.stillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import org.junit.jupiter.api.Test;

class SourceClocksTest {
    private final SourceClocks clocks = new SourceClocks();

    @Test
    void timeIsThatOfTheSlowest() {
        clocks.observe(0, 5_000);
        clocks.observe(3, 4_000);

        assertThat(clocks.nowMs()).isEqualTo(4_000);
    }

    @Test
    void aPartitionThatStandsStillIsNotWaitedForLongerThanAnHour() {
        clocks.observe(0, 0);
        clocks.observe(1, SourceClocks.PATIENCE_MS + 1);

        assertThat(clocks.nowMs()).isEqualTo(SourceClocks.PATIENCE_MS + 1);
    }

    @Test
    void noClockGoesBack() {
        clocks.observe(0, 5_000);
        clocks.observe(0, 4_000);

        assertThat(clocks.nowMs()).isEqualTo(5_000);
    }

    @Test
    void whatIsWrittenIsRead() {
        clocks.observe(2, 5_000);
        StateWriter out = new StateWriter();
        clocks.write(out);
        SourceClocks read = SourceClocks.read(new StateReader(out.toByteArray()));
        read.observe(0, 9_000);

        assertThat(read.nowMs()).isEqualTo(5_000);
    }
}
