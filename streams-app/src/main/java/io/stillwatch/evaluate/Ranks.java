package io.stillwatch.evaluate;

import java.util.Arrays;
import java.util.Collection;
import java.util.OptionalLong;

/** Whole numbers in order of size, for quantiles. */
public final class Ranks {
    private final long[] sorted;

    private Ranks(long[] sorted) {
        this.sorted = sorted;
    }

    public static Ranks of(Collection<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return new Ranks(sorted);
    }

    /**
     * The nearest-rank quantile: the least value that at least that share of all values do not exceed, so always one
     * that occurs.
     *
     * @param share above 0, at most 1
     * @return empty when there are no values
     */
    public OptionalLong quantile(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("A share is above 0 and at most 1, not " + share + ".");
        }
        return sorted.length == 0
                ? OptionalLong.empty()
                : OptionalLong.of(sorted[(int) Math.ceil(share * sorted.length) - 1]);
    }
}
