package io.stillwatch.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import org.junit.jupiter.api.Test;

class SourceClocksTest {
    private final SourceClocks clocks = new SourceClocks(3);

    @Test
    void everyPartitionIsWaitedForUntilItWasHeardOf() {
        clocks.observe(0, 5_000);
        clocks.observe(1, 4_000);
        assertThat(clocks.completeMs()).isEqualTo(SourceClocks.NEVER);

        clocks.observe(2, 6_000);
        assertThat(clocks.completeMs()).isEqualTo(4_000);
    }

    @Test
    void aPartitionThatRestsIsNotWaitedForUntilItIsHeardOfAgain() {
        clocks.observe(0, 5_000);
        clocks.observe(1, 4_000);
        clocks.observe(2, 1_000);
        clocks.rest(2);
        assertThat(clocks.completeMs()).isEqualTo(4_000);

        clocks.observe(2, 2_000);
        assertThat(clocks.completeMs()).isEqualTo(2_000);
    }

    @Test
    void whereAllRestTimeHasComeAsFarAsTheFastest() {
        clocks.observe(0, 5_000);
        clocks.observe(1, 4_000);
        for (int partition = 0; partition < 3; partition++) {
            clocks.rest(partition);
        }

        assertThat(clocks.completeMs()).isEqualTo(5_000);
    }

    @Test
    void aPartitionThatAloneIsYearsAheadTakesNobodyAlong() {
        clocks.observe(0, 5_000);
        clocks.observe(1, 4_000);
        clocks.observe(2, 10 * 365 * 86_400_000L);
        for (int partition = 0; partition < 3; partition++) {
            clocks.rest(partition);
        }

        assertThat(clocks.completeMs()).isEqualTo(5_000);
        assertThat(clocks.leadingMs()).isEqualTo(5_000);
    }

    @Test
    void aClockThatNobodyVouchesForIsWaitedForAndMovesNoTime() {
        clocks.observe(0, 5_000);
        clocks.observe(1, 4_000);
        clocks.reach(2, 3_000);
        assertThat(clocks.completeMs()).isEqualTo(3_000);
        assertThat(clocks.of(2)).isZero();

        clocks.reach(2, 9_000);
        assertThat(clocks.completeMs()).isEqualTo(4_000);
        assertThat(clocks.leadingMs()).isEqualTo(5_000);
    }

    @Test
    void aPartitionIsWaitedForOnceSomebodyVouchesWhateverItSaidBefore() {
        clocks.observe(0, 5_000);
        clocks.observe(1, 4_000);
        clocks.reach(2, 10 * 365 * 86_400_000L);
        clocks.observe(2, 1_000);

        assertThat(clocks.completeMs()).isEqualTo(1_000);
    }

    @Test
    void noClockGoesBack() {
        clocks.observe(0, 5_000);
        clocks.observe(0, 4_000);

        assertThat(clocks.of(0)).isEqualTo(5_000);
    }

    @Test
    void whatIsWrittenIsRead() {
        clocks.observe(0, 9_000);
        clocks.reach(1, 6_000);
        clocks.rest(2);
        StateWriter out = new StateWriter();
        clocks.write(out);
        SourceClocks read = SourceClocks.read(new StateReader(out.toByteArray()), 3);

        assertThat(read.completeMs()).isEqualTo(6_000);
        assertThat(read.of(0)).isEqualTo(9_000);
    }
}
