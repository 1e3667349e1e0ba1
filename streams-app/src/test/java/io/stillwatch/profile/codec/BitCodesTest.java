package io.stillwatch.profile.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What the bit codes write they read back, and cheap cases are cheap. */
class BitCodesTest {
    @Property
    void numbersOfAllKindsComeBack(
            @ForAll long any,
            @ForAll int integer,
            @ForAll @IntRange(min = 0) int count,
            @ForAll @IntRange(max = 31) int parameter) {
        StateWriter bytes = new StateWriter();
        BitWriter out = new BitWriter(bytes);
        out.flag(true);
        out.number(any);
        out.signed(any);
        out.bits(any, 64);
        out.rice(integer, parameter);
        out.gamma(Math.min(count, Integer.MAX_VALUE - 1));
        out.finish();
        StateReader stored = new StateReader(bytes.toByteArray());
        BitReader in = new BitReader(stored);

        assertThat(in.flag()).isTrue();
        assertThat(in.number()).isEqualTo(any);
        assertThat(in.signed()).isEqualTo(any);
        assertThat(in.bits(64)).isEqualTo(any);
        assertThat(in.rice(parameter)).isEqualTo(integer);
        assertThat(in.gamma(Integer.MAX_VALUE)).isEqualTo(Math.min(count, Integer.MAX_VALUE - 1));
        in.finish();
        assertThat(stored.atEnd()).isTrue();
    }

    @Property
    void partsComeBackWithTheirWhole(
            @ForAll @LongRange(min = 0, max = 1L << 50) long left,
            @ForAll @LongRange(min = 0, max = 1L << 50) long right) {
        long part = Math.min(left, right);
        long whole = Math.max(left, right);
        StateWriter bytes = new StateWriter();
        BitWriter out = new BitWriter(bytes);
        out.part(part, whole);
        out.below(part, whole + 1);
        out.finish();
        BitReader in = new BitReader(new StateReader(bytes.toByteArray()));

        assertThat(in.part(whole)).isEqualTo(part);
        assertThat(in.below(whole + 1)).isEqualTo(part);
    }

    @Property
    void listsComeBack(
            @ForAll @Size(max = 80) List<@LongRange(min = 10, max = 400) Long> numbers,
            @ForAll @Size(max = 70) List<@IntRange(max = 1_000_000) Integer> counters) {
        long[] sorted =
                numbers.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
        int[] counts = counters.stream().mapToInt(Integer::intValue).toArray();
        long total = Arrays.stream(counts).sum();
        StateWriter bytes = new StateWriter();
        BitWriter out = new BitWriter(bytes);
        out.sorted(sorted, 0, sorted.length, 10, 400);
        out.split(counts, total);
        out.finish();
        BitReader in = new BitReader(new StateReader(bytes.toByteArray()));
        long[] sortedBack = new long[sorted.length];
        int[] countsBack = new int[counts.length];
        in.sorted(sortedBack, 0, sorted.length, 10, 400);
        in.split(countsBack, total);

        assertThat(sortedBack).isEqualTo(sorted);
        assertThat(countsBack).isEqualTo(counts);
    }

    @Test
    void whatCannotBeOtherwiseTakesNoBits() {
        StateWriter bytes = new StateWriter();
        BitWriter out = new BitWriter(bytes);
        out.sorted(new long[] {3, 4, 5}, 0, 3, 3, 5);
        out.split(new int[64], 0);
        out.part(0, 0);
        out.below(0, 1);
        out.finish();

        assertThat(bytes.toByteArray()).isEmpty();
    }
}
