package io.stillwatch.embedding;

import java.util.List;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealVector;

/**
 * The centre of a cloud of vectors and the orthonormal axes along which it varies most.
 *
 * @param centre the mean vector
 * @param axes one axis a row, the one of the largest variance first; the largest component of each is positive
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared or hashed.
record PrincipalAxes(double[] centre, double[][] axes) {
    static PrincipalAxes of(List<double[]> vectors, int count) {
        int dimensions = vectors.get(0).length;
        double[] centre = new double[dimensions];
        for (double[] vector : vectors) {
            for (int i = 0; i < dimensions; i++) {
                centre[i] += vector[i] / vectors.size();
            }
        }
        double[][] covariance = new double[dimensions][dimensions];
        double[] centred = new double[dimensions];
        for (double[] vector : vectors) {
            for (int i = 0; i < dimensions; i++) {
                centred[i] = vector[i] - centre[i];
            }
            for (int i = 0; i < dimensions; i++) {
                double[] row = covariance[i];
                double factor = centred[i];
                for (int j = 0; j < dimensions; j++) {
                    row[j] += factor * centred[j];
                }
            }
        }
        EigenDecompositionSymmetric decomposition =
                new EigenDecompositionSymmetric(MatrixUtils.createRealMatrix(covariance));
        double[][] axes = new double[count][];
        for (int i = 0; i < count; i++) {
            axes[i] = withPositivePeak(decomposition.getEigenvector(i));
        }
        return new PrincipalAxes(centre, axes);
    }

    /** The vector's coordinates on the axes, seen from the centre. */
    double[] project(double[] vector) {
        double[] coordinates = new double[axes.length];
        for (int i = 0; i < axes.length; i++) {
            for (int j = 0; j < centre.length; j++) {
                coordinates[i] += axes[i][j] * (vector[j] - centre[j]);
            }
        }
        return coordinates;
    }

    private static double[] withPositivePeak(RealVector axis) {
        int peak = axis.map(Math::abs).getMaxIndex();
        return axis.getEntry(peak) < 0 ? axis.mapMultiply(-1).toArray() : axis.toArray();
    }
}
