package io.stillwatch.campaign.work;

/** Sums over the components of vectors, and their middle. */
final class Vectors {
    private Vectors() {}

    /** The inner product of two vectors of one length; four sums at a time, as one would wait for each addition. */
    static double product(double[] one, double[] other) {
        double first = 0;
        double second = 0;
        double third = 0;
        double fourth = 0;
        int at = 0;
        for (; at + 3 < one.length; at += 4) {
            first += one[at] * other[at];
            second += one[at + 1] * other[at + 1];
            third += one[at + 2] * other[at + 2];
            fourth += one[at + 3] * other[at + 3];
        }
        for (; at < one.length; at++) {
            first += one[at] * other[at];
        }
        return (first + second) + (third + fourth);
    }

    /** The median of sorted values, of which there are some. */
    static double middle(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
