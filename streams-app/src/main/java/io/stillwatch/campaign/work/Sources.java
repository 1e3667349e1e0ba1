package io.stillwatch.campaign.work;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells apart the sources that accounts draw their prompts from, where ties between pairs have chained several together.
 *
 * <p>Of accounts that draw from one source the means scatter as sampling has it, evenly in all directions. So a group is
 * cut in two along the direction in which it scatters most, as long as it scatters there more than the largest eigenvalue
 * of as many random draws would (Marchenko and Pastur 1967). What a cut has torn is joined again where the two sides are
 * no farther apart than the halves of one bell curve would be (Ashman, Bird and Zepf 1994). Then every account goes to the
 * source that explains it best, or to none where a source of its own explains it better.
 *
 * <p>The outcome depends on the accounts alone, in their order; the work grows with their number times that of the sources.
 */
final class Sources {
    /** How far above the largest eigenvalue by chance a scatter must lie, as prompts are not spread quite as learned. */
    private static final double MARGIN = 1.2;

    /** Half of a bell curve lies 2.65 of its own deviations from the other half; a little more, as accounts vary. */
    private static final double APART = 2.9;

    /** How much farther halves lie apart that a cut has chosen, the fewer accounts there are for the directions. */
    private static final double CHOSEN = 0.85;

    /** A lower limit beyond 1 for the distance of two groups is enough, and a little more than rounding can take away. */
    private static final double SURELY_APART = 1.001;

    private static final int LEAST_TO_CUT = 16;
    private static final int LEAST_SIDE = 3;
    private static final int DEEPEST = 12;
    private static final int MOST_STEPS = 20;
    private static final int MOST_ROUNDS = 10;

    /** An account whose means lies farther out than that, in medians, pulls no cut towards itself. */
    private static final double OUTLYING = 1.5;

    /** How much better a source must explain an account than one of its own: the natural logarithm of odds. */
    private static final double BETTER = 2;

    /** How much better than the next one, to be named: who may as well belong to another group is named with neither. */
    private static final double SURE = 1;

    private final Points points;
    private final int leastAccounts;

    /**
     * @param leastAccounts accounts that make a group
     */
    Sources(Points points, int leastAccounts) {
        this.points = points;
        this.leastAccounts = leastAccounts;
    }

    /** The groups among accounts that are tied, each with one source; who draws from none of theirs is left out. */
    List<int[]> of(int[] accounts) {
        List<int[]> pieces = new ArrayList<>();
        cut(accounts, 0, pieces);
        List<int[]> groups = settle(accounts, join(settle(accounts, pieces)));
        return name(accounts, alone(accounts), groups);
    }

    private void cut(int[] accounts, int depth, List<int[]> pieces) {
        int[][] sides = accounts.length < LEAST_TO_CUT || depth == DEEPEST ? null : sides(accounts);
        if (sides == null) {
            pieces.add(accounts);
        } else {
            cut(sides[0], depth + 1, pieces);
            cut(sides[1], depth + 1, pieces);
        }
    }

    /** The two sides of a group that is none; null for a group. */
    private int @Nullable [][] sides(int[] accounts) {
        double[][] scattered = scattered(accounts, Source.of(points, accounts));
        SymmetricMatrix.Leading leading = covariance(scattered).leading();
        double edge = 1 + Math.sqrt((double) points.axes() / accounts.length);
        if (leading.value() < edge * edge * MARGIN * Math.max(1, leading.others())) {
            return null;
        }
        double[] along = new double[accounts.length];
        for (int at = 0; at < along.length; at++) {
            along[at] = Vectors.product(scattered[at], leading.vector());
        }
        double middle = median(along);
        boolean[] first = new boolean[accounts.length];
        for (int at = 0; at < first.length; at++) {
            first[at] = along[at] > middle;
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            int[] one = side(accounts, first, true);
            int[] other = side(accounts, first, false);
            if (one.length < LEAST_SIDE || other.length < LEAST_SIDE) {
                return null;
            }
            Source oneSource = Source.of(points, one);
            Source otherSource = Source.of(points, other);
            boolean[] nearer = new boolean[accounts.length];
            for (int at = 0; at < nearer.length; at++) {
                nearer[at] = isNearer(accounts[at], first[at], oneSource, otherSource);
            }
            if (Arrays.equals(nearer, first)) {
                return new int[][] {one, other};
            }
            first = nearer;
        }
        int[] one = side(accounts, first, true);
        int[] other = side(accounts, first, false);
        return one.length < LEAST_SIDE || other.length < LEAST_SIDE ? null : new int[][] {one, other};
    }

    /** Whether one source explains an account better than another; the one that did so last is asked first, and mostly does. */
    private boolean isNearer(int account, boolean wasNearer, Source one, Source other) {
        double likely = (wasNearer ? one : other).likelihood(points, account);
        double rival = (wasNearer ? other : one).likelihood(points, account, likely);
        return wasNearer ? likely > rival : rival > likely;
    }

    private static int[] side(int[] accounts, boolean[] first, boolean wanted) {
        int[] side = new int[accounts.length];
        int size = 0;
        for (int at = 0; at < accounts.length; at++) {
            if (first[at] == wanted) {
                side[size++] = accounts[at];
            }
        }
        return Arrays.copyOf(side, size);
    }

    /** How far each account lies from the source, in units of what sampling adds; outliers drawn in. */
    private double[][] scattered(int[] accounts, Source source) {
        double[][] scattered = new double[accounts.length][points.axes()];
        double[] lengths = new double[accounts.length];
        for (int at = 0; at < accounts.length; at++) {
            double[] point = points.at(accounts[at]);
            double precision = points.precision(accounts[at]);
            for (int axis = 0; axis < point.length; axis++) {
                scattered[at][axis] = (point[axis] - source.mean(axis)) * precision;
            }
            lengths[at] = Math.sqrt(Vectors.product(scattered[at], scattered[at]));
        }
        double longest = OUTLYING * median(lengths);
        for (int at = 0; at < accounts.length; at++) {
            if (lengths[at] > longest) {
                double shrink = longest / lengths[at];
                for (int axis = 0; axis < scattered[at].length; axis++) {
                    scattered[at][axis] *= shrink;
                }
            }
        }
        return scattered;
    }

    private SymmetricMatrix covariance(double[][] vectors) {
        int axes = points.axes();
        double[][] sums = new double[axes][axes];
        for (double[] vector : vectors) {
            for (int row = 0; row < axes; row++) {
                double[] sum = sums[row];
                double part = vector[row] / vectors.length;
                for (int column = row; column < axes; column++) {
                    sum[column] += part * vector[column];
                }
            }
        }
        return new SymmetricMatrix(sums);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return Vectors.middle(sorted);
    }

    /** Joins the nearest two groups as long as they are as near as the halves of one. */
    private List<int[]> join(List<int[]> groups) {
        NearestPieces nearest =
                new NearestPieces(groups.stream().map(this::piece).toList(), this::apart);
        while (nearest.joinable()) {
            nearest.join(piece(merged(nearest.into().accounts, nearest.from().accounts)));
        }
        return nearest.pieces().stream().map(piece -> piece.accounts).toList();
    }

    private SourcePiece piece(int[] accounts) {
        double[] deviations = new double[accounts.length];
        Arrays.setAll(deviations, at -> Math.sqrt(points.noise(accounts[at])));
        Arrays.sort(deviations);
        Source source = Source.of(points, accounts);
        return new SourcePiece(accounts, source, deviations, scatter(accounts, source));
    }

    /**
     * What squares along any line come to at most: the Frobenius norm of the accounts' scatter, which is no less than its
     * largest eigenvalue.
     */
    private double scatter(int[] accounts, Source source) {
        int axes = points.axes();
        double[][] sums = new double[axes][axes];
        double[] out = new double[axes];
        for (int account : accounts) {
            double[] point = points.at(account);
            for (int axis = 0; axis < axes; axis++) {
                out[axis] = (point[axis] - source.mean(axis)) * points.precision(account);
            }
            for (int row = 0; row < axes; row++) {
                double[] sum = sums[row];
                double component = out[row];
                for (int column = row; column < axes; column++) {
                    sum[column] += component * out[column];
                }
            }
        }
        double squares = 0;
        for (int row = 0; row < axes; row++) {
            squares += sums[row][row] * sums[row][row];
            for (int column = row + 1; column < axes; column++) {
                squares += 2 * sums[row][column] * sums[row][column];
            }
        }
        return Math.sqrt(squares);
    }

    private static int[] merged(int[] one, int[] other) {
        int[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        Arrays.sort(both);
        return both;
    }

    /**
     * How far two groups lie apart, in deviations of their own accounts along the line that joins them, over what it is
     * for the halves of one group: above 1 for two, and then at least as far as it says.
     */
    private double apart(SourcePiece one, SourcePiece other) {
        double[] line = new double[points.axes()];
        for (int axis = 0; axis < line.length; axis++) {
            line[axis] = one.source.mean(axis) - other.source.mean(axis);
        }
        double length = Math.sqrt(Vectors.product(line, line));
        if (length == 0) {
            return 0;
        }
        int accounts = one.accounts.length + other.accounts.length;
        double halves = APART + CHOSEN * Math.sqrt((double) points.axes() / accounts);
        double widest = Math.sqrt((one.scatter + other.scatter) / Math.max(1, accounts - 2));
        double atLeast = length / Math.max(one.median, other.median) / widest / halves;
        if (atLeast >= SURELY_APART) {
            return atLeast;
        }
        for (int axis = 0; axis < line.length; axis++) {
            line[axis] /= length;
        }
        double squares = squares(one, line) + squares(other, line);
        double deviation = Math.sqrt(squares / Math.max(1, accounts - 2));
        return deviation == 0
                ? Double.MAX_VALUE
                : length / median(one.deviations, other.deviations) / deviation / halves;
    }

    private double squares(SourcePiece piece, double[] line) {
        double middle = piece.source.along(line);
        double squares = 0;
        for (int account : piece.accounts) {
            double along = Vectors.product(points.at(account), line) - middle;
            double deviations = along * points.precision(account);
            squares += deviations * deviations;
        }
        return squares;
    }

    /** The median of two sorted lists together. */
    private static double median(double[] one, double[] other) {
        int size = one.length + other.length;
        int fromOne = 0;
        int fromOther = 0;
        double before = 0;
        double value = 0;
        for (int taken = 0; taken <= size / 2; taken++) {
            before = value;
            boolean nextIsOfOne = fromOther == other.length || fromOne < one.length && one[fromOne] <= other[fromOther];
            value = nextIsOfOne ? one[fromOne++] : other[fromOther++];
        }
        return size % 2 == 1 ? value : (before + value) / 2;
    }

    /** Lets every account go to the source that explains it best, until none moves any more. */
    private List<int[]> settle(int[] accounts, List<int[]> pieces) {
        double[] alone = alone(accounts);
        List<int[]> groups = pieces.stream()
                .filter(piece -> piece.length >= leastAccounts)
                .sorted(Comparator.comparingInt(piece -> piece[0]))
                .toList();
        SourceChoice choice = new SourceChoice(points, leastAccounts, accounts, least(alone), groups);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            choice.choose();
            List<int[]> settled = choice.members();
            if (same(settled, groups)) {
                return settled;
            }
            groups = settled;
        }
        return groups;
    }

    /** What the likelihood of a source must reach for each account. */
    private static double[] least(double[] alone) {
        return Arrays.stream(alone).map(likelihood -> likelihood + BETTER).toArray();
    }

    private double[] alone(int[] accounts) {
        double[] alone = new double[accounts.length];
        for (int at = 0; at < accounts.length; at++) {
            alone[at] = Source.likelihoodOfItsOwn(points, accounts[at]);
        }
        return alone;
    }

    /** Names every account with the source that explains it best, where none explains it about as well. */
    private List<int[]> name(int[] accounts, double[] alone, List<int[]> groups) {
        List<Source> sources =
                groups.stream().map(group -> Source.of(points, group)).toList();
        List<List<Integer>> members = new ArrayList<>();
        sources.forEach(source -> members.add(new ArrayList<>()));
        Screen screen = new Screen(sources, points.axes());
        for (int at = 0; at < accounts.length; at++) {
            int best = -1;
            double most = alone[at] + BETTER;
            double second = alone[at];
            int passed = screen.compare(
                    points.at(accounts[at]),
                    Source.mostSquares(points, accounts[at], most - SURE),
                    points.noise(accounts[at]));
            for (int next = 0; next < passed; next++) {
                int source = screen.passed(next);
                double likelihood = sources.get(source).likelihood(points, accounts[at], most - SURE);
                if (likelihood >= most) {
                    second = best < 0 ? second : most;
                    most = likelihood;
                    best = source;
                } else {
                    second = Math.max(second, likelihood);
                }
            }
            if (best >= 0 && most - second >= SURE) {
                members.get(best).add(accounts[at]);
            }
        }
        return members.stream()
                .filter(group -> group.size() >= leastAccounts)
                .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    private static boolean same(List<int[]> one, List<int[]> other) {
        boolean same = one.size() == other.size();
        for (int at = 0; same && at < one.size(); at++) {
            same = Arrays.equals(one.get(at), other.get(at));
        }
        return same;
    }
}
