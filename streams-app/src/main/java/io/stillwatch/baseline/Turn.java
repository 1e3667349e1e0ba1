package io.stillwatch.baseline;

import io.stillwatch.profile.Profile;
import io.stillwatch.profile.sketch.PromptMean;
import java.util.List;
import java.util.Optional;

/**
 * Since when an account is not what it was, and what it has sent since.
 *
 * <p>The moment is the one that divides the time since the past was frozen best in two: each stretch is projected on the way
 * from the past to now, and of all divisions the one that leaves the least variance within both parts is taken, the frozen
 * past being of the earlier one (least squares of one change point: Hinkley 1970, Biometrika 57). There is always a best one,
 * so it says since when, and not whether: that takes the drift.
 *
 * @param before the frozen past
 * @param since first stretch of the later part; its profile is the whole of what came from then on
 */
record Turn(OwnBaseline before, Stretch since) {
    /**
     * Finds the moment.
     *
     * @param now prompts of the window that has moved away
     * @param course all stretches after the past, in the order of time
     * @return empty where no {@value Mixture#LEAST_PROMPTS} prompts came later
     */
    static Optional<Turn> of(Whitening whitening, OwnBaseline before, PromptMean now, List<Stretch> course) {
        double[] past = whitening.of(before.mean());
        double[] way = less(whitening.of(now), past);
        int size = course.size();
        double[] weights = new double[size];
        double[] places = new double[size];
        for (int at = 0; at < size; at++) {
            Optional<PromptMean> mean = course.get(at).profile().promptMean();
            if (mean.isPresent()) {
                weights[at] = mean.get().prompts();
                places[at] = Mixture.product(less(whitening.of(mean.get()), past), way);
            }
        }
        return best(weights, places, (double) before.mean().prompts()).map(at -> new Turn(before, from(course, at)));
    }

    /** The first of the later part; the past has weight and lies at 0. */
    private static Optional<Integer> best(double[] weights, double[] places, double pastWeight) {
        double all = pastWeight;
        double sum = 0;
        for (int at = 0; at < weights.length; at++) {
            all += weights[at];
            sum += weights[at] * places[at];
        }
        Optional<Integer> best = Optional.empty();
        double most = Double.NEGATIVE_INFINITY;
        double later = 0;
        double laterSum = 0;
        for (int at = weights.length - 1; at >= 0; at--) {
            later += weights[at];
            laterSum += weights[at] * places[at];
            double apart = laterSum / Math.max(1, later) - (sum - laterSum) / (all - later);
            double between = later * (all - later) * apart * Math.max(0, apart);
            if (weights[at] > 0 && later >= Mixture.LEAST_PROMPTS && between > most) {
                most = between;
                best = Optional.of(at);
            }
        }
        return best;
    }

    private static Stretch from(List<Stretch> course, int first) {
        Profile since = new Profile();
        course.subList(first, course.size()).forEach(stretch -> since.merge(stretch.profile()));
        return new Stretch(course.get(first).startMs(), course.get(first).isDay(), since);
    }

    private static double[] less(double[] vector, double[] other) {
        double[] difference = vector.clone();
        for (int d = 0; d < difference.length; d++) {
            difference[d] -= other[d];
        }
        return difference;
    }

    /** What the account has sent since. */
    Profile after() {
        return since.profile();
    }

    /** The prompts among them. */
    PromptMean prompts() {
        return after().promptMean().orElseThrow();
    }

    /** Hours from the turn to the newest request. */
    double hours() {
        return Math.max(0, after().lastEventMs().orElse(since.startMs()) - since.startMs()) / 3_600_000.0;
    }
}
