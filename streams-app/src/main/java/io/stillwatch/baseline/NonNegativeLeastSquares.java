package io.stillwatch.baseline;

/**
 * Least squares with weights of at least 0: minimises ½ wᵀGw − hᵀw for a Gram matrix G = AᵀA and h = Aᵀb.
 *
 * <p>The sequential coordinate-wise algorithm (Franc, Hlaváč, Navara 2005, CAIP): each weight in turn is set to its best
 * given the others, until the Karush-Kuhn-Tucker conditions hold within a tolerance. For a few dozen atoms this takes
 * microseconds and needs no matrix inverse.
 */
final class NonNegativeLeastSquares {
    private static final int MOST_ROUNDS = 20_000;
    private static final double TOLERANCE = 1e-9;

    private NonNegativeLeastSquares() {}

    /**
     * Solves it.
     *
     * @param gram symmetric and positive semi-definite
     * @return the weights, each at least 0
     */
    static double[] solve(double[][] gram, double[] target) {
        double[] weights = new double[target.length];
        // The gradient Gw − h, kept up to date.
        double[] gradient = new double[target.length];
        double scale = 1;
        for (int k = 0; k < target.length; k++) {
            gradient[k] = -target[k];
            scale = Math.max(scale, Math.abs(target[k]));
        }
        for (int round = 0; round < MOST_ROUNDS; round++) {
            for (int k = 0; k < weights.length; k++) {
                if (gram[k][k] > 0) {
                    double better = Math.max(0, weights[k] - gradient[k] / gram[k][k]);
                    double change = better - weights[k];
                    if (change != 0) {
                        weights[k] = better;
                        for (int j = 0; j < gradient.length; j++) {
                            gradient[j] += change * gram[k][j];
                        }
                    }
                }
            }
            if (violation(weights, gradient) <= TOLERANCE * scale) {
                break;
            }
        }
        return weights;
    }

    /** How far the weights are from the optimum: the largest violation of the Karush-Kuhn-Tucker conditions. */
    static double violation(double[] weights, double[] gradient) {
        double largest = 0;
        for (int k = 0; k < weights.length; k++) {
            largest = Math.max(largest, weights[k] > 0 ? Math.abs(gradient[k]) : -gradient[k]);
        }
        return largest;
    }
}
