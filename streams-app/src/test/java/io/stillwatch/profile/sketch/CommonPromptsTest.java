package io.stillwatch.profile.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.stillwatch.fingerprint.Hash64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CommonPromptsTest {
    private final Random random = new Random(3);
    private final CommonPrompts common = new CommonPrompts();

    private void member(int prompts, int stock) {
        Prompts of = new Prompts();
        for (int at = 0; at < prompts; at++) {
            of.add(mixed(stock == 0 ? random.nextLong() : random.nextInt(stock)));
        }
        of.addTo(common);
    }

    private static long mixed(long key) {
        return Hash64.finish(key + 1);
    }

    @Test
    void ofFewPromptsEveryPairIsCountedExactly() {
        Prompts one = new Prompts();
        Prompts other = new Prompts();
        for (int at = 0; at < 20; at++) {
            one.add(mixed(at));
            other.add(mixed(at + 15));
        }
        one.addTo(common);
        other.addTo(common);

        CommonPrompts.Found found = common.count();

        assertThat(found.pairs()).isEqualTo(400);
        assertThat(found.same()).isEqualTo(5);
        assertThat(found.prompts()).isEqualTo(35);
    }

    @Test
    void membersWhoChooseFromAStockTellHowLargeItIs() {
        for (int at = 0; at < 60; at++) {
            member(20 + 10 * (at % 8), 3_000);
        }

        CommonPrompts.Found found = common.count();

        assertThat(found.pairs() / found.same()).isCloseTo(3_000, within(900.0));
        assertThat(found.stock()).isLessThan(3_600);
    }

    @Test
    void workThatIsDealtOutLooksDrawnFromAStockWithoutBound() {
        for (int at = 0; at < 100; at++) {
            member(20, 0);
        }

        assertThat(common.count().stock()).isGreaterThan(500_000);
    }

    @Test
    void aFewMembersSayLittleAboutTheStock() {
        member(10, 0);
        member(10, 0);

        assertThat(common.count().stock()).isLessThan(50);
    }

    @Property(tries = 200)
    void pairsAreCountedAsByGoingThroughAllOfThem(@ForAll long seed) {
        SplittableRandom drawn = new SplittableRandom(seed);
        CommonPrompts counted = new CommonPrompts();
        List<int[]> samples = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        for (int at = drawn.nextInt(1, 40); at > 0; at--) {
            int[] sample = IntStream.generate(drawn::nextInt)
                    .limit(drawn.nextInt(1, 33))
                    .boxed()
                    .sorted(Integer::compareUnsigned)
                    .mapToInt(Integer::intValue)
                    .toArray();
            boolean complete = drawn.nextBoolean();
            counted.add(sample, complete);
            samples.add(sample);
            limits.add(complete ? 0x1p32 : Integer.toUnsignedLong(sample[sample.length - 1]) + 1);
        }
        double pairs = 0;
        for (int one = 0; one < samples.size(); one++) {
            for (int other = 0; other < one; other++) {
                double limit = Math.min(limits.get(one), limits.get(other));
                pairs += below(samples.get(one), limit) * below(samples.get(other), limit) * 0x1p32 / limit;
            }
        }

        assertThat(counted.count().pairs()).isCloseTo(pairs, withinPercentage(1e-6));
        assertThat(counted.count()).as("asked again").isEqualTo(counted.count());
    }

    private static double below(int[] sample, double limit) {
        return Arrays.stream(sample)
                .filter(hash -> Integer.toUnsignedLong(hash) < limit)
                .count();
    }

    @Test
    void aMemberWhoComesAfterItWasCountedIsCountedToo() {
        member(10, 0);
        member(10, 0);
        assertThat(common.count().pairs()).isEqualTo(100);

        member(10, 0);

        assertThat(common.count().pairs()).isEqualTo(300);
    }

    @Test
    void oneMemberAloneSaysNothing() {
        member(10, 0);

        assertThat(common.count().stock()).isNaN();
    }
}
