package io.stillwatch.campaign.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class ScreenTest {
    private static final WorkSpace SPACE = WorkSpace.bundled();

    @Property(tries = 200)
    void noSourceIsLeftOutThatExplainsAnAccountWellEnough(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int sources,
            @ForAll @DoubleRange(min = 0.02, max = 3) double spread,
            @ForAll @DoubleRange(min = -200, max = 80) double least) {
        Random random = new Random(seed);
        List<Work> works = new ArrayList<>();
        for (int account = 0; account < 4 * sources + 8; account++) {
            works.add(work(random, spread));
        }
        Points points = new Points(SPACE, works);
        List<Source> all = new ArrayList<>();
        for (int source = 0; source < sources; source++) {
            int first = 4 * source;
            all.add(Source.of(points, new int[] {first, first + 1, first + 2, first + 3}));
        }
        Screen screen = new Screen(all, points.axes());
        for (int account = 4 * sources; account < works.size(); account++) {
            int passed = screen.compare(
                    points.at(account), Source.mostSquares(points, account, least), points.noise(account));
            List<Integer> left = new ArrayList<>();
            for (int next = 0; next < passed; next++) {
                left.add(screen.passed(next));
            }
            assertThat(left).isSorted().doesNotHaveDuplicates();
            for (int source = 0; source < sources; source++) {
                if (all.get(source).likelihood(points, account) >= least) {
                    assertThat(left).contains(source);
                }
            }
        }
    }

    @Property(tries = 50)
    void aLikelihoodThatIsNotReachedIsToldAsNone(
            @ForAll long seed, @ForAll @DoubleRange(min = -200, max = 80) double least) {
        Random random = new Random(seed);
        Points points = new Points(SPACE, List.of(work(random, 1), work(random, 1), work(random, 1)));
        Source source = Source.of(points, new int[] {0, 1});
        double likelihood = source.likelihood(points, 2);
        assertThat(source.likelihood(points, 2, least)).isIn(likelihood, Double.NEGATIVE_INFINITY);
        assertThat(source.likelihood(points, 2, Math.min(least, likelihood - 1e-6)))
                .isEqualTo(likelihood);
    }

    private static Work work(Random random, double spread) {
        double[] point = new double[SPACE.axes()];
        for (int axis = 0; axis < point.length; axis++) {
            point[axis] = random.nextGaussian() * spread;
        }
        return new Work(point, 0.04 + random.nextDouble() / 3);
    }
}
