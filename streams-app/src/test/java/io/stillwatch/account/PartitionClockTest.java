package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionClockTest {
    private final PartitionClock clock = new PartitionClock();

    @Test
    void timeIsTheNewestStampThatTwoAccountsHaveReached() {
        clock.observe("a", 100);
        clock.observe("b", 50);
        clock.observe("a", 900);
        assertThat(clock.nowMs()).isEqualTo(50);

        clock.observe("b", 400);
        assertThat(clock.nowMs()).isEqualTo(400);
    }

    @Test
    void aFirstRecordFromTheFarFutureDoesNotStopTheClock() {
        clock.observe("liar", 1_000_000);
        clock.observe("b", 100);
        clock.observe("c", 200);

        assertThat(clock.nowMs()).isEqualTo(200);
    }

    @Test
    void oneAccountAloneCannotMoveIt() {
        clock.observe("a", 100);
        clock.observe("b", 100);
        clock.observe("a", 5_000);
        clock.observe("a", 9_000);

        assertThat(clock.nowMs()).isEqualTo(100);
    }

    @Test
    void nobodyVouchesForTheStampsOfTheOnlyAccount() {
        clock.observe("a", 1_000_000);
        assertThat(clock.nowMs()).isEqualTo(1_000_000);
        clock.observe("a", 100);
        assertThat(clock.nowMs()).isEqualTo(100);
        clock.observe("a", 700);

        assertThat(clock.vouched()).isFalse();
        assertThat(clock.nowMs()).isEqualTo(700);

        clock.observe("b", 50);
        assertThat(clock.vouched()).isTrue();
        assertThat(clock.nowMs()).isEqualTo(50);
    }

    @Test
    void whatIsStoredIsReadBack() {
        clock.observe("a", 100);
        clock.observe("b", 300);
        clock.observe("a", 500);
        PartitionClock read = new PartitionClock();
        read.decode(clock.encode());
        read.observe("c", 400);
        clock.observe("c", 400);

        assertThat(read.encode()).isEqualTo(clock.encode());
        assertThat(read.nowMs()).isEqualTo(400);
    }
}
