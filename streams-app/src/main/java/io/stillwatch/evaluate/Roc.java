package io.stillwatch.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How well a number tells hostile accounts from honest ones: the receiver operating characteristic (Fawcett 2006).
 *
 * <p>An account is flagged at a threshold when its number lies above it.
 */
public final class Roc {
    private final double[] honest;
    private final double[] hostile;

    /** The numbers of both kinds of accounts, in any order. */
    public Roc(double[] honest, double[] hostile) {
        this.honest = honest.clone();
        this.hostile = hostile.clone();
        Arrays.sort(this.honest);
        Arrays.sort(this.hostile);
    }

    /**
     * A point of the curve.
     *
     * @param falsePositives share of honest accounts flagged, 0 to 1
     * @param detected share of hostile accounts flagged, 0 to 1
     */
    public record Point(double falsePositives, double detected) {}

    /** The curve from (0, 0) to (1, 1), one point for each threshold that makes a difference; needs both kinds. */
    public List<Point> points() {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0));
        int h = honest.length;
        int a = hostile.length;
        while (h > 0 || a > 0) {
            double next = Math.max(
                    h > 0 ? honest[h - 1] : Double.NEGATIVE_INFINITY,
                    a > 0 ? hostile[a - 1] : Double.NEGATIVE_INFINITY);
            while (h > 0 && honest[h - 1] == next) {
                h--;
            }
            while (a > 0 && hostile[a - 1] == next) {
                a--;
            }
            points.add(new Point(1 - share(h, honest.length), 1 - share(a, hostile.length)));
        }
        return points;
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /**
     * The area under the curve: the probability that a hostile account's number is above an honest one's, equal ones
     * counted as half (Mann and Whitney 1947).
     *
     * @return empty unless there are accounts of both kinds
     */
    public OptionalDouble area() {
        if (honest.length == 0 || hostile.length == 0) {
            return OptionalDouble.empty();
        }
        double won = 0;
        int below = 0;
        int upTo = 0;
        for (double number : hostile) {
            while (below < honest.length && honest[below] < number) {
                below++;
            }
            upTo = Math.max(upTo, below);
            while (upTo < honest.length && honest[upTo] <= number) {
                upTo++;
            }
            won += below + (upTo - below) / 2.0;
        }
        return OptionalDouble.of(won / honest.length / hostile.length);
    }

    /**
     * The least threshold at which at most that share of the honest accounts is flagged.
     *
     * @param falsePositives 0 to 1
     * @return empty when there are too few honest accounts to tell: fewer than one flagged would be more than that share
     */
    public OptionalDouble threshold(double falsePositives) {
        // The small term keeps a share such as 0.003 of 1,000 from being rounded down to 2.
        int allowed = (int) Math.floor(falsePositives * honest.length + 1e-9);
        return allowed < 1 || allowed >= honest.length
                ? OptionalDouble.empty()
                : OptionalDouble.of(honest[honest.length - 1 - allowed]);
    }

    /** Share of the hostile accounts that are flagged where at most a share of the honest ones is. */
    public OptionalDouble detection(double falsePositives) {
        OptionalDouble threshold = threshold(falsePositives);
        return threshold.isEmpty() || hostile.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Arrays.stream(hostile)
                                .filter(number -> number > threshold.getAsDouble())
                                .count()
                        / (double) hostile.length);
    }
}
