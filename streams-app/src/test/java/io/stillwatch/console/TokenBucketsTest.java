package io.stillwatch.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private static final long SECOND = 1_000_000_000L;

    private final TokenBuckets buckets = new TokenBuckets(3);

    @Test
    void aBurstPassesAndThenTheRateIsKept() {
        for (int request = 0; request < 10; request++) {
            assertThat(buckets.take("a", 60, 0)).isZero();
        }
        assertThat(buckets.take("a", 60, 0)).isEqualTo(SECOND);
        assertThat(buckets.take("a", 60, SECOND / 2)).isEqualTo(SECOND / 2);
        assertThat(buckets.take("a", 60, SECOND)).isZero();
        assertThat(buckets.take("b", 60, SECOND)).isZero();
    }

    @Test
    void aRateBelowOneInTenSecondsLetsOnePass() {
        assertThat(buckets.take("a", 0.5, 0)).isZero();
        assertThat(buckets.take("a", 0.5, 119 * SECOND)).isEqualTo(SECOND);
        assertThat(buckets.take("a", 0.5, 120 * SECOND)).isZero();
    }

    @Test
    void noMoreBucketsAreKeptThanAllowed() {
        for (int account = 0; account < 1_000; account++) {
            buckets.take("a" + account, 1, 0);
        }
        assertThat(buckets.size()).isEqualTo(3);
    }

    @Property
    void noMorePassThanTheBurstAndTheRateAllow(
            @ForAll @DoubleRange(min = 0.1, max = 10_000) double rate,
            @ForAll @Size(max = 200) List<@IntRange(max = 5_000) Integer> gapsMs) {
        TokenBuckets fresh = new TokenBuckets(10);
        long now = 0;
        int passed = 0;
        for (int gap : gapsMs) {
            now += gap * 1_000_000L;
            passed += fresh.take("a", rate, now) == 0 ? 1 : 0;
        }
        assertThat((double) passed).isLessThanOrEqualTo(Math.max(1, rate / 6) + rate * now / 60e9 + 1e-6);
    }
}
