package io.stillwatch.baseline;

import io.stillwatch.profile.sketch.PromptMean;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What share of an account's prompts each known way of asking explains.
 *
 * <p>The mean of a mixture is the mixture of the means, so the account's whitened mean is decomposed over the atoms'
 * means by non-negative least squares (mixture proportions by kernel mean matching: Iyer, Nath, Sarawagi 2014, ICML). A
 * further equation asks the weights to sum to 1; what is left over is unknown. A way of asking that nobody knows is taken
 * to lie as far from the population as honest accounts do, in root mean square, so the unknown share is the length of the
 * residual, less what sampling adds to it, over that distance.
 *
 * <p>An enrolled atom is used for its own account alone: enrolment vouches for an account, not for a subject. Else a
 * harvest of banking questions would be excused by somebody else's banking app. So no atom excuses what it did not
 * contain, nor whom.
 *
 * <p>Immutable and thread-safe.
 */
public final class Mixture {
    /** Prompts below which a mean says too little. */
    public static final int LEAST_PROMPTS = 50;

    /** How much the sum of the weights counts: as much as this squared distance, in whitened units. */
    private static final double SUM_WEIGHT = 16;

    private final Whitening whitening;
    private final List<Atom> shared;
    private final Map<String, Atom> enrolled;
    private final double[][] points;
    private final double[][] gram;
    private final double usualDistance;

    /**
     * Prepares to decompose.
     *
     * @param atoms the public's, enrolled apps' and kits'
     */
    public Mixture(Population population, List<Atom> atoms) {
        this.whitening = population.whitening();
        this.usualDistance = population.accountSpread();
        this.shared =
                atoms.stream().filter(atom -> atom.kind() != Atom.Kind.ENROLLED).toList();
        this.enrolled = atoms.stream()
                .filter(atom -> atom.kind() == Atom.Kind.ENROLLED)
                .collect(Collectors.toUnmodifiableMap(Atom::name, atom -> atom, (first, same) -> first));
        this.points = shared.stream().map(atom -> whitening.of(atom.mean())).toArray(double[][]::new);
        this.gram = new double[points.length][points.length];
        for (int i = 0; i < points.length; i++) {
            for (int j = 0; j < points.length; j++) {
                gram[i][j] = product(points[i], points[j]);
            }
        }
    }

    /**
     * Shares of an account's prompts; they sum to 1.
     *
     * @param kits explained by kits
     * @param enrolled explained by the account's own enrolment
     * @param general explained by the public
     * @param unknown explained by nothing
     */
    public record Shares(double kits, double enrolled, double general, double unknown) {
        static final Shares NONE = new Shares(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    /** Decomposes an account's mean; NaN below {@value #LEAST_PROMPTS} prompts or without atoms. */
    public Shares of(String account, PromptMean prompts) {
        return decompose(Optional.ofNullable(enrolled.get(account)), prompts);
    }

    /** On what terms an account is enrolled; empty where it is not, or without any. */
    Optional<Terms> terms(String account) {
        return Optional.ofNullable(enrolled.get(account)).flatMap(Atom::terms);
    }

    /** Whether an account has an enrolment; without one its share is 0. */
    boolean enrolls(String account) {
        return enrolled.containsKey(account);
    }

    /**
     * Shares where the account's own past is taken for its enrolment: what a turn leaves, once what the account did before
     * is explained by itself. NaN as {@link #of}.
     */
    public Shares beside(OwnBaseline past, PromptMean prompts) {
        return decompose(Optional.of(new Atom(Atom.Kind.ENROLLED, "own", "past", past.mean())), prompts);
    }

    private Shares decompose(Optional<Atom> own, PromptMean prompts) {
        int atoms = shared.size() + (own.isPresent() ? 1 : 0);
        if (prompts.prompts() < LEAST_PROMPTS || atoms == 0) {
            return Shares.NONE;
        }
        double[][] vectors = Arrays.copyOf(points, atoms);
        own.ifPresent(atom -> vectors[atoms - 1] = whitening.of(atom.mean()));
        double[] point = whitening.of(prompts);
        double[] weights = NonNegativeLeastSquares.solve(gram(vectors), target(vectors, point));
        Map<Atom.Kind, Double> byKind = new EnumMap<>(Atom.Kind.class);
        double[] residual = point.clone();
        double sum = 0;
        for (int k = 0; k < atoms; k++) {
            byKind.merge(kind(k), weights[k], Double::sum);
            sum += weights[k];
            for (int d = 0; d < residual.length; d++) {
                residual[d] -= weights[k] * vectors[k][d];
            }
        }
        double noise = whitening.variance(prompts) / prompts.prompts();
        double left = Math.sqrt(Math.max(0, product(residual, residual) - noise));
        double unknown = sum == 0 ? 1 : Math.min(1, left / usualDistance);
        double scale = sum == 0 ? 0 : (1 - unknown) / sum;
        return new Shares(
                byKind.getOrDefault(Atom.Kind.KIT, 0.0) * scale,
                byKind.getOrDefault(Atom.Kind.ENROLLED, 0.0) * scale,
                byKind.getOrDefault(Atom.Kind.PUBLIC, 0.0) * scale,
                unknown);
    }

    private Atom.Kind kind(int atom) {
        return atom < shared.size() ? shared.get(atom).kind() : Atom.Kind.ENROLLED;
    }

    private double[][] gram(double[][] vectors) {
        double[][] products = new double[vectors.length][vectors.length];
        for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < vectors.length; j++) {
                double product = i < points.length && j < points.length ? gram[i][j] : product(vectors[i], vectors[j]);
                products[i][j] = product + SUM_WEIGHT;
            }
        }
        return products;
    }

    private static double[] target(double[][] vectors, double[] point) {
        return Arrays.stream(vectors)
                .mapToDouble(vector -> product(vector, point) + SUM_WEIGHT)
                .toArray();
    }

    static double product(double[] left, double[] right) {
        double product = 0;
        for (int d = 0; d < left.length; d++) {
            product += left[d] * right[d];
        }
        return product;
    }
}
