package io.stillwatch.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class NonNegativeLeastSquaresProperties {
    private static final int DIMENSIONS = 40;

    @Property(tries = 200)
    void theKarushKuhnTuckerConditionsHoldAtTheSolution(
            @ForAll @IntRange(min = 1, max = 25) int atoms, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] vectors = vectors(atoms, random);
        double[] target = vectors(1, random)[0];

        double[] weights = solve(vectors, target);

        for (int k = 0; k < atoms; k++) {
            double gradient = -Mixture.product(vectors[k], target);
            for (int j = 0; j < atoms; j++) {
                gradient += weights[j] * Mixture.product(vectors[k], vectors[j]);
            }
            assertThat(weights[k]).isGreaterThanOrEqualTo(0);
            assertThat(gradient).isGreaterThan(-1e-6);
            assertThat(weights[k] * gradient).isEqualTo(0, within(1e-6));
        }
    }

    @Property(tries = 200)
    void aMixtureOfTheAtomsGivesItsWeightsBack(@ForAll @IntRange(min = 1, max = 20) int atoms, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] vectors = vectors(atoms, random);
        double[] known = new double[atoms];
        double[] target = new double[DIMENSIONS];
        for (int k = 0; k < atoms; k++) {
            known[k] = random.nextInt(3) == 0 ? 0 : random.nextDouble();
            for (int d = 0; d < DIMENSIONS; d++) {
                target[d] += known[k] * vectors[k][d];
            }
        }

        assertThat(solve(vectors, target)).containsExactly(known, within(1e-5));
    }

    private static double[][] vectors(int count, Random random) {
        double[][] vectors = new double[count][DIMENSIONS];
        for (double[] vector : vectors) {
            for (int d = 0; d < DIMENSIONS; d++) {
                vector[d] = random.nextGaussian();
            }
        }
        return vectors;
    }

    private static double[] solve(double[][] vectors, double[] target) {
        double[][] gram = new double[vectors.length][vectors.length];
        double[] products = new double[vectors.length];
        for (int k = 0; k < vectors.length; k++) {
            products[k] = Mixture.product(vectors[k], target);
            for (int j = 0; j < vectors.length; j++) {
                gram[k][j] = Mixture.product(vectors[k], vectors[j]);
            }
        }
        return NonNegativeLeastSquares.solve(gram, products);
    }
}
