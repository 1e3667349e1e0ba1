package io.stillwatch.campaign.work;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** A small symmetric matrix and its eigenvectors (Jacobi 1846, cyclic by rows). */
final class SymmetricMatrix {
    private static final int SWEEPS = 60;
    private static final double EXACT = 1e-24;

    private final double[][] rows;

    /** Takes the rows, which are not copied; only their upper triangle is read. */
    SymmetricMatrix(double[][] rows) {
        this.rows = rows;
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < row; column++) {
                rows[row][column] = rows[column][row];
            }
        }
    }

    /** This matrix in the coordinates that the rows of another give: T M Tᵀ. */
    double[][] seenThrough(double[][] other) {
        int size = rows.length;
        double[][] half = new double[size][size];
        double[][] whole = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int k = 0; k < size; k++) {
                for (int column = 0; column < size; column++) {
                    half[row][column] += other[row][k] * rows[k][column];
                }
            }
        }
        for (int row = 0; row < size; row++) {
            for (int column = row; column < size; column++) {
                for (int k = 0; k < size; k++) {
                    whole[row][column] += half[row][k] * other[column][k];
                }
            }
        }
        return whole;
    }

    /**
     * Eigenvalues, largest first, with an eigenvector of length 1 each.
     *
     * @param values in falling order
     * @param vectors one for each value
     */
    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    record Eigen(double[] values, double[][] vectors) {}

    Eigen eigen() {
        int size = rows.length;
        double[][] matrix = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
        double[][] vectors = new double[size][size];
        for (int at = 0; at < size; at++) {
            vectors[at][at] = 1;
        }
        for (int sweep = 0; sweep < SWEEPS && offDiagonal(matrix) > EXACT; sweep++) {
            for (int p = 0; p < size; p++) {
                for (int q = p + 1; q < size; q++) {
                    rotate(matrix, vectors, p, q);
                }
            }
        }
        int[] order = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingDouble(at -> -matrix[at][at]))
                .mapToInt(Integer::intValue)
                .toArray();
        return new Eigen(
                Arrays.stream(order).mapToDouble(at -> matrix[at][at]).toArray(),
                Arrays.stream(order).mapToObj(at -> upright(vectors[at])).toArray(double[][]::new));
    }

    /** The largest eigenvalue's vector, with the values' mean beside: enough to tell one direction from the rest. */
    Leading leading() {
        int size = rows.length;
        double trace = 0;
        double[] vector = new double[size];
        for (int at = 0; at < size; at++) {
            trace += rows[at][at];
            // Not at right angles to anything that an eigenvector is likely to be.
            vector[at] = 1 + 0.01 * at;
        }
        double value = 0;
        for (int step = 0; step < 4 * size; step++) {
            double[] next = new double[size];
            double squared = 0;
            for (int row = 0; row < size; row++) {
                for (int column = 0; column < size; column++) {
                    next[row] += rows[row][column] * vector[column];
                }
                squared += next[row] * next[row];
            }
            double length = Math.sqrt(squared);
            if (length == 0) {
                break;
            }
            double before = value;
            value = length;
            for (int row = 0; row < size; row++) {
                next[row] /= length;
            }
            vector = next;
            if (step > size && Math.abs(value - before) <= 1e-9 * value) {
                break;
            }
        }
        return new Leading(value, vector, (trace - value) / Math.max(1, size - 1));
    }

    /**
     * The leading eigenvector.
     *
     * @param value its eigenvalue
     * @param vector of length 1
     * @param others mean of the other eigenvalues
     */
    @SuppressWarnings("ArrayRecordComponent") // read at once, never compared
    record Leading(double value, double[] vector, double others) {}

    private static double offDiagonal(double[][] matrix) {
        double off = 0;
        double all = 0;
        for (int row = 0; row < matrix.length; row++) {
            for (int column = 0; column < matrix.length; column++) {
                double squared = matrix[row][column] * matrix[row][column];
                all += squared;
                off += row == column ? 0 : squared;
            }
        }
        return all == 0 ? 0 : off / all;
    }

    private static void rotate(double[][] matrix, double[][] vectors, int p, int q) {
        if (matrix[p][q] == 0) {
            return;
        }
        double theta = (matrix[q][q] - matrix[p][p]) / (2 * matrix[p][q]);
        double tangent = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double cosine = 1 / Math.sqrt(tangent * tangent + 1);
        double sine = tangent * cosine;
        for (int k = 0; k < matrix.length; k++) {
            double kp = matrix[k][p];
            double kq = matrix[k][q];
            matrix[k][p] = cosine * kp - sine * kq;
            matrix[k][q] = sine * kp + cosine * kq;
        }
        for (int k = 0; k < matrix.length; k++) {
            double pk = matrix[p][k];
            double qk = matrix[q][k];
            matrix[p][k] = cosine * pk - sine * qk;
            matrix[q][k] = sine * pk + cosine * qk;
            double first = vectors[p][k];
            double second = vectors[q][k];
            vectors[p][k] = cosine * first - sine * second;
            vectors[q][k] = sine * first + cosine * second;
        }
    }

    /** Of two opposite vectors the one whose largest component is above 0, so that there is one answer. */
    private static double[] upright(double[] vector) {
        double largest = 0;
        for (double component : vector) {
            largest = Math.abs(component) > Math.abs(largest) ? component : largest;
        }
        double sign = largest < 0 ? -1 : 1;
        return Arrays.stream(vector).map(component -> component * sign).toArray();
    }
}
