package io.stillwatch.campaign.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.profile.sketch.PromptMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WorkGroupsTest {
    private static final int LEAST = 5;
    private static final int SIZE = PromptMean.DIMENSIONS;

    private final Random random = new Random(11);
    private final WorkSpace space = plain();
    private final List<Work> works = new ArrayList<>();

    /** Prompts scatter by 1 in all directions, accounts by 1 as well. */
    private static WorkSpace plain() {
        float[][] axes = new float[WorkSpace.AXES][SIZE];
        float[] between = new float[WorkSpace.AXES];
        for (int axis = 0; axis < axes.length; axis++) {
            axes[axis][axis] = 1;
            between[axis] = 1;
        }
        return new WorkSpace(new float[SIZE], axes, between, 1);
    }

    private double[] source() {
        return random.doubles(SIZE).map(unused -> random.nextGaussian()).toArray();
    }

    private void account(double[] source, int prompts) {
        double[] mean = new double[SIZE];
        double squared = 0;
        for (int d = 0; d < SIZE; d++) {
            mean[d] = source[d] + random.nextGaussian() / Math.sqrt(prompts);
            squared += mean[d] * mean[d];
        }
        works.add(space.of(new PromptMean(prompts, mean, squared + 1)).orElseThrow());
    }

    private List<int[]> groups(List<int[]> sharing) {
        return new WorkGroups(space, LEAST).groups(works, changed(works.size()), sharing);
    }

    /** All accounts are new. */
    private static int[] changed(int accounts) {
        int[] before = new int[accounts];
        Arrays.fill(before, -1);
        return before;
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    private static List<Integer> boxed(int[] group) {
        return IntStream.of(group).boxed().toList();
    }

    @Test
    void accountsOfOneSourceAreAGroupAndStrangersAreNone() {
        IntStream.range(0, 200).forEach(at -> account(source(), 20));
        double[] queue = source();
        IntStream.range(0, 30).forEach(at -> account(queue, 15));

        assertThat(groups(List.of())).containsExactly(range(200, 230));
    }

    @Test
    void aFewPromptsSufficeWhereTheSourceIsFarFromOthers() {
        IntStream.range(0, 100).forEach(at -> account(source(), 200));
        double[] queue = source();
        IntStream.range(0, 12).forEach(at -> account(queue, 6));

        assertThat(groups(List.of())).containsExactly(range(100, 112));
    }

    @Test
    void twoSourcesThatTiesChainTogetherAreToldApart() {
        double[] one = source();
        double[] other = one.clone();
        for (int axis = 0; axis < 24; axis++) {
            other[axis] += 0.35;
        }
        IntStream.range(0, 40).forEach(at -> account(one, 20));
        IntStream.range(0, 40).forEach(at -> account(other, 20));

        List<int[]> groups = groups(List.of());

        assertThat(groups).hasSize(2);
        assertThat(boxed(groups.get(0))).hasSizeGreaterThanOrEqualTo(36).allMatch(at -> at < 40);
        assertThat(boxed(groups.get(1))).hasSizeGreaterThanOrEqualTo(36).allMatch(at -> at >= 40);
    }

    @Test
    void oneSourceStaysOneGroupHoweverManyDrawFromIt() {
        double[] queue = source();
        IntStream.range(0, 400).forEach(at -> account(queue, 8 + at % 30));

        assertThat(groups(List.of())).hasSize(1);
        assertThat(groups(List.of()).get(0)).hasSizeGreaterThan(390);
    }

    @Test
    void aSourceIsFoundAmongTooManyAccountsForAllPairs() {
        IntStream.range(0, 6_000).forEach(at -> account(source(), 20));
        double[] queue = source();
        IntStream.range(0, 100).forEach(at -> account(queue, 20));

        List<int[]> groups = groups(List.of());

        assertThat(groups).hasSize(1);
        assertThat(boxed(groups.get(0))).hasSizeGreaterThan(95).allMatch(at -> at >= 6_000);
    }

    @Test
    void theGroupsDoNotDependOnTheOrderInWhichInfrastructureIsGiven() {
        double[] queue = source();
        IntStream.range(0, 60).forEach(at -> account(at % 2 == 0 ? queue : source(), 10));
        List<int[]> sharing = new ArrayList<>(List.of(range(0, 20), range(10, 40), range(30, 60)));
        List<int[]> groups = groups(sharing);

        Collections.reverse(sharing);

        assertThat(groups(sharing)).usingRecursiveComparison().isEqualTo(groups);
        assertThat(boxed(groups.get(0))).allMatch(at -> at % 2 == 0);
    }

    @Test
    void accountsWithHardlyAnyPromptsTellNothing() {
        assertThat(space.of(new PromptMean(2, new double[SIZE], 1))).isEmpty();
    }
}
