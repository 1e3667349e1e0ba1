package io.stillwatch.embedding;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Spearman's rank correlation: 1 when two measures put things in the same order, 0 when their orders are unrelated. */
final class RankCorrelation {
    private RankCorrelation() {}

    /**
     * The correlation of two measures of the same things.
     *
     * @param first one measure
     * @param second the other, of as many things
     * @return -1 to 1; not a number when one of the measures is constant
     */
    static double of(double[] first, double[] second) {
        double[] firstRanks = ranks(first);
        double[] secondRanks = ranks(second);
        double mean = (first.length - 1) / 2.0;
        double covariance = 0;
        double firstVariance = 0;
        double secondVariance = 0;
        for (int i = 0; i < first.length; i++) {
            double a = firstRanks[i] - mean;
            double b = secondRanks[i] - mean;
            covariance += a * b;
            firstVariance += a * a;
            secondVariance += b * b;
        }
        return covariance / Math.sqrt(firstVariance * secondVariance);
    }

    /** Position of each value in ascending order, from 0; equal values share the mean of their positions. */
    private static double[] ranks(double[] values) {
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ranks = new double[values.length];
        for (int from = 0; from < order.length; ) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            double shared = (from + to - 1) / 2.0;
            Arrays.stream(order, from, to).forEach(i -> ranks[i] = shared);
            from = to;
        }
        return ranks;
    }
}
