package io.stillwatch.simulate.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stillwatch.simulate.chance.Chance;
import java.time.Instant;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimingTest {
    private static final String[] NAMES = {"human", "office", "service", "bursty", "flat", "batch", "slow"};
    private static final long MONDAY = Instant.parse("2026-09-21T00:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000L;
    private static final long DAY = 24 * HOUR;

    @Property(tries = 200)
    void everyTimingBeginsEachSessionWithinItsTime(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 400) int sessions,
            @ForAll @LongRange(min = 60_000, max = 40 * 86_400_000L) long span,
            @ForAll @IntRange(max = 6) int which) {
        long[] begins = Timing.named(NAMES[which], -5).begins(new Chance(seed), MONDAY, span, new long[sessions]);

        assertThat(begins).hasSize(sessions);
        assertThat(Arrays.stream(begins).min().orElseThrow()).isGreaterThanOrEqualTo(MONDAY);
        assertThat(Arrays.stream(begins).max().orElseThrow()).isLessThan(MONDAY + span);
    }

    @Property(tries = 200)
    void timingsMadeOfOthersKeepToTheirTimeToo(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 200) int sessions,
            @ForAll @LongRange(min = 60_000, max = 40 * 86_400_000L) long span,
            @ForAll @IntRange(min = 1, max = 9) int days) {
        Timing timing = Timing.everyDays(Timing.partly(Timing.human(3), 0.4, Timing.batch(2, 900)), days);

        long[] begins = timing.begins(new Chance(seed), MONDAY, span, new long[sessions]);

        assertThat(begins).hasSize(sessions).isSorted();
        assertThat(begins[0]).isGreaterThanOrEqualTo(MONDAY);
        assertThat(begins[sessions - 1]).isLessThan(MONDAY + span);
        assertThat(Arrays.stream(begins).map(begin -> (begin - MONDAY) / DAY % days))
                .as("active days, but for what is cut off at the end")
                .allMatch(day -> day == 0 || span < days * DAY || day == (span - 1) / DAY % days);
    }

    @Test
    void aBurstyClientVariesAsRealClientsDo() {
        long[] begins = Timing.flat(2).begins(new Chance(5), MONDAY, 7 * DAY, new long[20_000]);

        assertThat(variation(begins)).isBetween(1.8, 2.2);
    }

    @Test
    void aPatientHarvesterIsMoreRegularThanAnyRealClient() {
        long[] begins = Timing.slow().begins(new Chance(5), MONDAY, 7 * DAY, new long[200]);

        assertThat(variation(begins)).isLessThan(0.7);
    }

    @Test
    void aServiceIsBusierByDayThanByNight() {
        long[] begins = Timing.service(0, 1.5).begins(new Chance(6), MONDAY, 7 * DAY, new long[20_000]);

        assertThat(share(begins, 10, 16)).isGreaterThan(4 * share(begins, 1, 5) * 6 / 4 / 2);
        assertThat(share(begins, 1, 5)).isLessThan(0.05);
    }

    @Test
    void aPersonSleepsInTheirOwnTimeZone() {
        for (int seed = 0; seed < 30; seed++) {
            long[] begins = Timing.human(8).begins(new Chance(seed), MONDAY, 7 * DAY, new long[300]);

            // 02:00 to 06:00 at eight hours ahead of UTC; long sittings may run late.
            assertThat(share(begins, 18, 22)).isLessThan(0.12);
        }
    }

    @Test
    void anOfficeRestsAtTheWeekend() {
        long[] begins = Timing.office(0).begins(new Chance(7), MONDAY, 7 * DAY, new long[3_000]);

        long weekend = Arrays.stream(begins).filter(t -> t >= MONDAY + 5 * DAY).count();
        assertThat(weekend).isLessThan(300);
    }

    @Test
    void aBatchJobRunsThroughInOneGo() {
        long[] begins = Timing.batch(1, 1_000).begins(new Chance(8), MONDAY, 7 * DAY, new long[7_000]);

        Arrays.sort(begins);
        long close = 0;
        for (int i = 1; i < begins.length; i++) {
            close += begins[i] - begins[i - 1] < 20_000 ? 1 : 0;
        }
        assertThat(close).isGreaterThan(6_950);
    }

    @Test
    void anUnknownTimingIsNamed() {
        assertThatThrownBy(() -> Timing.named("weekly", 0)).hasMessage("There is no timing named weekly.");
    }

    private static double variation(long[] begins) {
        long[] sorted = begins.clone();
        Arrays.sort(sorted);
        double sum = 0;
        double squares = 0;
        for (int i = 1; i < sorted.length; i++) {
            double gap = sorted[i] - sorted[i - 1];
            sum += gap;
            squares += gap * gap;
        }
        double mean = sum / (sorted.length - 1);
        return Math.sqrt(squares / (sorted.length - 1) - mean * mean) / mean;
    }

    private static double share(long[] begins, int fromHour, int toHour) {
        return Arrays.stream(begins)
                        .filter(t -> t / HOUR % 24 >= fromHour && t / HOUR % 24 < toHour)
                        .count()
                / (double) begins.length;
    }
}
