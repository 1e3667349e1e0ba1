package io.stillwatch.embedding;

/**
 * Least squares with a pull towards a prior: finds the numbers x by piece that minimise |A x - y|² + penalty |x - prior|²,
 * by conjugate gradients with the diagonal as preconditioner (Shewchuk 1994, section B3).
 */
final class RidgeFit {
    private static final int MOST_STEPS = 200;
    private static final double TOLERANCE = 1e-7;

    private final PieceCounts counts;
    private final double penalty;
    private final double[] inverseDiagonal;

    RidgeFit(PieceCounts counts, double penalty) {
        this.counts = counts;
        this.penalty = penalty;
        inverseDiagonal = counts.squaredShares();
        for (int i = 0; i < inverseDiagonal.length; i++) {
            inverseDiagonal[i] = 1 / (inverseDiagonal[i] + penalty);
        }
    }

    double[] fit(double[] prior, double[] target) {
        double[] misses = counts.multiply(prior);
        for (int i = 0; i < misses.length; i++) {
            misses[i] = target[i] - misses[i];
        }
        double[] residual = counts.multiplyTransposed(misses);
        double[] change = new double[residual.length];
        double[] direction = precondition(residual);
        double energy = dot(residual, direction);
        double enough = energy * TOLERANCE * TOLERANCE;
        for (int step = 0; step < MOST_STEPS && energy > enough; step++) {
            double[] image = counts.multiplyTransposed(counts.multiply(direction));
            add(image, penalty, direction);
            double length = energy / dot(direction, image);
            add(change, length, direction);
            add(residual, -length, image);
            double[] next = precondition(residual);
            double nextEnergy = dot(residual, next);
            add(next, nextEnergy / energy, direction);
            direction = next;
            energy = nextEnergy;
        }
        add(change, 1, prior);
        return change;
    }

    private double[] precondition(double[] residual) {
        double[] scaled = new double[residual.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = residual[i] * inverseDiagonal[i];
        }
        return scaled;
    }

    private static void add(double[] target, double factor, double[] addend) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * addend[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
