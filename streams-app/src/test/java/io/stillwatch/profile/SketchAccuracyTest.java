package io.stillwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.fingerprint.Hash64;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SketchAccuracyTest {
    @Property(tries = 40)
    void fewKeysAreCountedExactly(@ForAll @IntRange(min = 0, max = 64) int keys, @ForAll long seed) {
        assertThat(distinct(keys, seed, 8)).isEqualTo(keys);
    }

    @Property(tries = 40)
    void manyKeysAreCountedWithinFourStandardErrors(
            @ForAll @IntRange(min = 65, max = 20_000) int keys, @ForAll long seed) {
        assertThat(distinct(keys, seed, 8)).isCloseTo(keys, within(4 * 0.048 * keys));
    }

    private static double distinct(int keys, long seed, int precision) {
        DistinctCount count = new DistinctCount(precision);
        for (int repeat = 0; repeat < 2; repeat++) {
            for (long key = 0; key < keys; key++) {
                count.add(Hash64.finish(seed + key * 0x9E3779B97F4A7C15L));
            }
        }
        return count.estimate();
    }

    @Property(tries = 40)
    void concentrationOfOneDominantKeyIsItsSquaredShare(@ForAll @IntRange(min = 0, max = 100) int percent) {
        Concentration concentration = new Concentration();
        for (int at = 0; at < 2_000; at++) {
            concentration.add(at % 100 < percent ? 42L << 40 : Hash64.finish(at + 1));
        }
        double share = percent / 100.0;

        assertThat(concentration.estimate()).isCloseTo(share * share, within(0.05));
    }

    @Property(tries = 40)
    void aHistogramsQuantileIsWithinNineteenPercent(@ForAll @IntRange(min = 1, max = 1_000_000) int value) {
        LogHistogram histogram = new LogHistogram();
        histogram.add(value);

        assertThat(histogram.quantile(0.5)).isCloseTo(value, within(0.19 * value));
    }

    @Test
    void theSampleKnowsExactlyHowOftenEveryPromptOfAFewWasSent() {
        Prompts sample = new Prompts();
        for (int prompt = 1; prompt <= 10; prompt++) {
            for (int times = 0; times < 4; times++) {
                sample.add(Hash64.finish(prompt));
            }
        }

        assertThat(sample.meanRepeats()).isEqualTo(4);
        assertThat(sample.repeatedShare()).isEqualTo(1);
        assertThat(sample.evenness()).isEqualTo(1);
    }

    @Test
    void activeHoursAndPausesAreReadFromTheClock() {
        ActiveMinutes active = new ActiveMinutes();
        long hourMs = 3_600_000L;
        active.add(100 * hourMs);
        active.add(100 * hourMs + 59_999);
        active.add(100 * hourMs + 60_000);
        active.add(105 * hourMs);

        assertThat(active.minutes()).isEqualTo(3);
        assertThat(active.hours()).isEqualTo(2);
        assertThat(active.longestPauseHours()).isEqualTo(4);
        assertThat(active.hoursOfDay()).isEqualTo(2);
    }
}
