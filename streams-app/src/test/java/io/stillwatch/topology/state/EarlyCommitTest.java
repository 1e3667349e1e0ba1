package io.stillwatch.topology.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EarlyCommitTest {
    private final EarlyCommit early = new EarlyCommit();

    @Test
    void commitsOnceRecordsHaveCeasedAndSomethingIsUnwritten() {
        early.processed();

        assertThat(early.due(true)).isFalse();
        assertThat(early.due(true)).isTrue();
    }

    @Test
    void leavesABusyPartitionToTheInterval() {
        for (int second = 0; second < 10; second++) {
            early.processed();
            assertThat(early.due(true)).isFalse();
        }
    }

    @Test
    void doesNothingAtRest() {
        assertThat(early.due(false)).isFalse();
        assertThat(early.due(false)).isFalse();
    }

    @Test
    void commitsForAnAlertHoweverBusyThePartitionIsAndOnlyOnce() {
        early.processed();
        early.published();

        assertThat(early.due(true)).isTrue();
        early.processed();
        assertThat(early.due(true)).isFalse();
    }
}
