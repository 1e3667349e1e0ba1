package io.stillwatch.profile.sketch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.stillwatch.fingerprint.Hash64;
import java.util.Random;
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

    @Test
    void oneMemberAloneSaysNothing() {
        member(10, 0);

        assertThat(common.count().stock()).isNaN();
    }
}
