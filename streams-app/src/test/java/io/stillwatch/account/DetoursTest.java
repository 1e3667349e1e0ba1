package io.stillwatch.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Time where requests come round by other partitions. */
class DetoursTest {
    private static final long HOUR = EventTime.HOUR_MS;

    private final PartitionClock clock = new PartitionClock();

    private void straight(long timeMs) {
        clock.observe("a", timeMs);
        clock.observe("b", timeMs);
    }

    private void round(int partition, long timeMs) {
        round(partition, 2, timeMs);
    }

    private void round(int partition, int partitions, long timeMs) {
        Optional<Detour> detour = Optional.of(new Detour(partition, partitions));
        clock.observe("a", timeMs, detour);
        clock.observe("b", timeMs, detour);
    }

    private void pass(int seconds) {
        for (int at = 0; at < seconds; at++) {
            clock.secondPassed();
        }
    }

    @Test
    void timeIsThatOfTheSlowestWay() {
        round(0, 10 * HOUR);
        round(1, 2 * HOUR);
        assertThat(clock.nowMs()).isEqualTo(2 * HOUR);

        round(0, 50 * HOUR);
        assertThat(clock.nowMs()).isEqualTo(2 * HOUR);
        round(1, 49 * HOUR);
        assertThat(clock.nowMs()).isEqualTo(49 * HOUR);
    }

    @Test
    void nothingIsOverBeforeAllWaysHaveTold() {
        round(0, 4, 10 * HOUR);
        round(0, 4, 90 * HOUR);
        round(1, 4, 3 * HOUR);
        round(2, 4, 5 * HOUR);

        assertThat(clock.vouched()).isFalse();
        assertThat(clock.nowMs()).isEqualTo(3 * HOUR);

        round(3, 4, 4 * HOUR);
        assertThat(clock.vouched()).isTrue();
        assertThat(clock.nowMs()).isEqualTo(3 * HOUR);
    }

    @Test
    void whatComesStraightWaitsForWhatComesRound() {
        straight(HOUR);
        clock.expect(new Detour(1, 2));
        straight(100 * HOUR);
        assertThat(clock.nowMs()).isEqualTo(HOUR);

        round(1, 2 * HOUR);
        round(0, 3 * HOUR);
        assertThat(clock.nowMs()).isEqualTo(2 * HOUR);
    }

    @Test
    void timeThatWasToldIsNotTakenBack() {
        straight(10 * HOUR);
        round(0, HOUR);
        round(1, HOUR);

        assertThat(clock.nowMs()).isEqualTo(10 * HOUR);
    }

    @Test
    void aWayThatIsQuietForTenMinutesIsWaitedForNoLonger() {
        round(0, HOUR);
        round(1, HOUR);
        pass(300);
        round(0, 9 * HOUR);
        pass(299);
        assertThat(clock.nowMs()).isEqualTo(HOUR);

        assertThat(clock.secondPassed()).isTrue();
        assertThat(clock.nowMs()).isEqualTo(9 * HOUR);
        pass(300);
        straight(12 * HOUR);
        assertThat(clock.nowMs()).isEqualTo(12 * HOUR);
    }

    @Test
    void aWayIsWaitedForWhileAHundredThousandRequestsComeOtherwise() {
        round(0, HOUR);
        round(1, HOUR);
        for (int at = 0; at < 49_999; at++) {
            round(0, 2 * HOUR + at);
        }
        assertThat(clock.nowMs()).isEqualTo(HOUR);

        for (int at = 0; at < 1_000; at++) {
            round(0, 9 * HOUR);
        }
        assertThat(clock.nowMs()).isEqualTo(9 * HOUR);
    }

    @Test
    void whatAPartitionSendsToItselfIsWaitedForHoweverMuchLiesBeforeIt() {
        straight(HOUR);
        for (int at = 0; at < 300_000; at++) {
            clock.expect(new Detour(0, 2));
            straight(2 * HOUR + at);
        }
        assertThat(clock.nowMs()).isEqualTo(HOUR);

        round(0, 3 * HOUR);
        assertThat(clock.nowMs())
                .as("the other way, given up meanwhile, is expected too")
                .isEqualTo(HOUR);
        round(1, 2 * HOUR);
        assertThat(clock.nowMs()).isEqualTo(2 * HOUR);
    }

    @Test
    void oneAccountCannotMakeAWayLookFast() {
        round(0, HOUR);
        round(1, HOUR);
        clock.observe("liar", 1_000 * HOUR, Optional.of(new Detour(1, 2)));
        clock.observe("liar", 1_001 * HOUR, Optional.of(new Detour(1, 2)));
        round(0, 9 * HOUR);

        assertThat(clock.nowMs()).isEqualTo(HOUR);
    }

    @Test
    void aMarkOfMorePartitionsThanATopicHasMakesNobodyWaitAndTheClockNoLarger() {
        straight(HOUR);
        int bytes = clock.encode().length;

        round(5, 100_000, 2 * HOUR);
        clock.expect(new Detour(7, 100_000));

        assertThat(clock.nowMs()).isEqualTo(2 * HOUR);
        assertThat(clock.encode().length).isLessThan(bytes + 10);
    }

    @Test
    void theEndOfALogIsTheEndOfWaiting() {
        round(0, HOUR);
        clock.passTo(5 * HOUR);
        assertThat(clock.nowMs()).isEqualTo(5 * HOUR);

        straight(6 * HOUR);
        assertThat(clock.nowMs()).isEqualTo(6 * HOUR);
    }

    @Test
    void whoIsWaitedForIsStored() {
        round(0, 3, 3 * HOUR);
        round(1, 3, 2 * HOUR);
        PartitionClock read = new PartitionClock();
        read.decode(clock.encode());
        assertThat(read.encode()).isEqualTo(clock.encode());
        assertThat(read.vouched()).isFalse();

        round(2, 3, HOUR);
        read.decode(clock.encode());
        assertThat(read.nowMs()).isEqualTo(clock.nowMs()).isEqualTo(HOUR);
    }

    @Test
    void aDetourIsByAPartitionThatThereIs() {
        assertThatThrownBy(() -> new Detour(2, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Detour(-1, 2)).isInstanceOf(IllegalArgumentException.class);
    }
}
