package io.stillwatch.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.dynatrace.hash4j.distinctcount.UltraLogLog;
import io.stillwatch.fingerprint.Hash64;
import io.stillwatch.profile.sketch.ActiveMinutes;
import io.stillwatch.profile.sketch.Concentration;
import io.stillwatch.profile.sketch.DistinctCount;
import io.stillwatch.profile.sketch.KernelMean;
import io.stillwatch.profile.sketch.LogHistogram;
import io.stillwatch.profile.sketch.Prompts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SketchAccuracyTest {
    @Property(tries = 40)
    void fewKeysAreCountedExactlyButForEqualHashes(@ForAll @IntRange(min = 0, max = 64) int keys, @ForAll long seed) {
        // Keys are cut to 24 bits, so once in 8,000 times two of 64 are the same.
        assertThat(distinct(keys, seed, 8)).isBetween(keys - 1.0, (double) keys);
    }

    @Property(tries = 40)
    void manyKeysAreCountedWithinFourStandardErrors(
            @ForAll @IntRange(min = 65, max = 20_000) int keys, @ForAll long seed) {
        assertThat(distinct(keys, seed, 8)).isCloseTo(keys, within(4 * 0.048 * keys));
    }

    @Property(tries = 60)
    void registersMergeAsTheLibraryMergesThem(
            @ForAll @IntRange(max = 2_000) int leftKeys,
            @ForAll @IntRange(max = 2_000) int rightKeys,
            @ForAll Random random) {
        UltraLogLog left = UltraLogLog.create(8);
        UltraLogLog right = UltraLogLog.create(8);
        for (int key = 0; key < leftKeys; key++) {
            left.add(random.nextLong());
        }
        for (int key = 0; key < rightKeys; key++) {
            right.add(random.nextLong());
        }
        UltraLogLog expected = UltraLogLog.merge(left, right);
        byte[] merged = left.getState().clone();
        DistinctCount.mergeRegisters(merged, right.getState());

        assertThat(merged).isEqualTo(expected.getState());
    }

    @Test
    void aMillionKeysAreCountedWithoutTheBiasOfTheirShortHashes() {
        double sum = 0;
        for (int seed = 0; seed < 8; seed++) {
            sum += distinct(1_000_000, seed, 8) / 1_000_000;
        }

        assertThat(sum / 8).isCloseTo(1, within(3 * 0.048 / Math.sqrt(8)));
    }

    @Property(tries = 40)
    void aFewDifferentPromptsAreKnownExactly(
            @ForAll @IntRange(min = 2, max = 31) int different, @ForAll @IntRange(min = 1, max = 9) int times) {
        Prompts prompts = prompts(different, times);
        double total = different * times;

        assertThat(prompts.estimateDistinct()).isEqualTo(different);
        assertThat(prompts.novelty(different * (long) times)).isCloseTo(1.0 / times, within(1e-12));
        assertThat(prompts.concentration()).isCloseTo((times - 1) / (total - 1), within(1e-12));
    }

    @Property(tries = 40)
    void noveltyOfManyPromptsIsWithinFourStandardErrors(
            @ForAll @IntRange(min = 33, max = 3_000) int different, @ForAll @IntRange(min = 1, max = 9) int times) {
        Prompts prompts = prompts(different, times);

        assertThat(prompts.novelty(different * (long) times)).isCloseTo(1.0 / times, within(4 * 0.034 / times));
    }

    private static Prompts prompts(int different, int times) {
        Prompts prompts = new Prompts();
        for (int prompt = 1; prompt <= different; prompt++) {
            for (int at = 0; at < times; at++) {
                prompts.add(Hash64.finish(prompt * 31L + times));
            }
        }
        return prompts;
    }

    @Property(tries = 40)
    void roundingTheEmbeddingsOnceMoreLeavesTheirSimilarityWithinFiveStandardErrors(
            @ForAll @IntRange(min = 10, max = 300) int prompts,
            @ForAll @IntRange(min = 0, max = 3) int closeness,
            @ForAll Random random) {
        double[] topic = unit(random, new double[128], 0);
        KernelMean sketch = new KernelMean();
        double[] sum = new double[128];
        double norms = 0;
        for (int prompt = 0; prompt < prompts; prompt++) {
            double[] vector = unit(random, topic, closeness);
            byte[] embedding = new byte[128];
            for (int dimension = 0; dimension < 128; dimension++) {
                embedding[dimension] = (byte) Math.round(vector[dimension] * 127);
                double exact = embedding[dimension] / 127.0;
                sum[dimension] += exact;
                norms += exact * exact;
            }
            sketch.add(ByteBuffer.wrap(embedding));
        }
        double norm = Arrays.stream(sum).map(component -> component * component).sum();
        double similarity = (norm - norms) / (prompts * (prompts - 1.0));

        double standardError = 0.02 * (1.0 / prompts + Math.sqrt(Math.max(0, similarity) / prompts));
        assertThat(sketch.meanPairwiseSimilarity()).isCloseTo(similarity, within(5 * standardError));
    }

    private static double[] unit(Random random, double[] around, double closeness) {
        double[] vector = new double[around.length];
        double norm = 0;
        for (int at = 0; at < vector.length; at++) {
            vector[at] = random.nextGaussian() / Math.sqrt(vector.length) + closeness * around[at];
            norm += vector[at] * vector[at];
        }
        for (int at = 0; at < vector.length; at++) {
            vector[at] /= Math.sqrt(norm);
        }
        return vector;
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
        Prompts prompts = prompts(10, 4);

        assertThat(prompts.meanRepeats()).isEqualTo(4);
        assertThat(prompts.repeatedShare()).isEqualTo(1);
        assertThat(prompts.evenness()).isEqualTo(1);
    }

    @Test
    void aFewDominantPromptsAreNotTakenForNovelty() {
        Prompts prompts = prompts(200, 1);
        for (int at = 0; at < 5_000; at++) {
            prompts.add(-1 - at % 2);
        }

        assertThat(prompts.novelty(5_200)).isCloseTo(201 / 5_200.0, within(0.01));
    }

    @Property(tries = 60)
    void onlyTheLatestMonthOfActiveHoursIsKeptWhateverTheOrder(@ForAll Random random) {
        ActiveMinutes upwards = new ActiveMinutes();
        ActiveMinutes shuffled = new ActiveMinutes();
        List<Integer> hours = new ArrayList<>();
        for (int hour = 0; hour < 2 * ActiveMinutes.MOST_HOURS; hour++) {
            hours.add(hour);
            upwards.add(hour * 3_600_000L + random.nextInt(3_600_000));
        }
        Collections.shuffle(hours, random);
        hours.forEach(hour -> shuffled.add(hour * 3_600_000L));

        assertThat(shuffled.hours()).isEqualTo(upwards.hours()).isEqualTo(ActiveMinutes.MOST_HOURS);
        assertThat(shuffled.longestPauseHours())
                .isEqualTo(upwards.longestPauseHours())
                .isZero();
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
