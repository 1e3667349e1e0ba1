package io.stillwatch.baseline;

import io.stillwatch.profile.sketch.PromptMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A few means that stand for many: k-means (Lloyd 1982) of whitened account means, seeded as k-means++ (Arthur and
 * Vassilvitskii 2007) with a fixed seed.
 */
final class MeanClusters {
    private static final long SEED = 1;
    private static final int ROUNDS = 50;

    private MeanClusters() {}

    /** At most so many means, each of all the prompts of its accounts; fewer accounts than that stand for themselves. */
    static List<PromptMean> of(Whitening whitening, List<PromptMean> accounts, int most) {
        double[][] points = accounts.stream().map(whitening::of).toArray(double[][]::new);
        double[][] centres = seeds(points, Math.min(most, points.length));
        int[] nearest = new int[points.length];
        for (int round = 0; round < ROUNDS; round++) {
            int[] before = nearest;
            nearest = Arrays.stream(points)
                    .mapToInt(point -> nearest(point, centres))
                    .toArray();
            if (round > 0 && Arrays.equals(before, nearest)) {
                break;
            }
            move(centres, points, nearest);
        }
        List<PromptMean> means = new ArrayList<>();
        for (int centre = 0; centre < centres.length; centre++) {
            Optional<PromptMean> mean = Optional.empty();
            for (int at = 0; at < points.length; at++) {
                if (nearest[at] == centre) {
                    PromptMean account = accounts.get(at);
                    mean = Optional.of(mean.map(sofar -> sofar.with(account)).orElse(account));
                }
            }
            mean.ifPresent(means::add);
        }
        return means;
    }

    private static double[][] seeds(double[][] points, int count) {
        SplittableRandom random = new SplittableRandom(SEED);
        double[][] centres = new double[count][];
        double[] distances = new double[points.length];
        Arrays.fill(distances, 1);
        for (int centre = 0; centre < count; centre++) {
            double left = random.nextDouble() * Arrays.stream(distances).sum();
            int chosen = 0;
            while (chosen < points.length - 1 && left >= distances[chosen]) {
                left -= distances[chosen++];
            }
            centres[centre] = points[chosen].clone();
            for (int at = 0; at < points.length; at++) {
                double squared = squared(points[at], centres[centre]);
                distances[at] = centre == 0 ? squared : Math.min(distances[at], squared);
            }
        }
        return centres;
    }

    private static int nearest(double[] point, double[][] centres) {
        int nearest = 0;
        for (int centre = 1; centre < centres.length; centre++) {
            if (squared(point, centres[centre]) < squared(point, centres[nearest])) {
                nearest = centre;
            }
        }
        return nearest;
    }

    private static void move(double[][] centres, double[][] points, int[] nearest) {
        for (int centre = 0; centre < centres.length; centre++) {
            double[] sum = new double[centres[centre].length];
            int members = 0;
            for (int at = 0; at < points.length; at++) {
                if (nearest[at] == centre) {
                    members++;
                    for (int d = 0; d < sum.length; d++) {
                        sum[d] += points[at][d];
                    }
                }
            }
            if (members > 0) {
                for (int d = 0; d < sum.length; d++) {
                    centres[centre][d] = sum[d] / members;
                }
            }
        }
    }

    private static double squared(double[] left, double[] right) {
        double squared = 0;
        for (int d = 0; d < left.length; d++) {
            squared += (left[d] - right[d]) * (left[d] - right[d]);
        }
        return squared;
    }
}
