package io.stillwatch.baseline;

import java.util.Arrays;
import java.util.List;

/**
 * Sets the bars of some signatures so that together they flag no more honest cases than they may, at the least loss of
 * harvests.
 *
 * <p>How many honest cases a signature flags above a bar is the larger of what was counted and of an exponential tail
 * through what was counted (the mean excess; Pickands 1975 with shape 0): the next honest case may lie beyond the last
 * one. A case that several signatures flag is shared by them. Bars rise greedily where a false alert less costs least, so
 * a signature that earns more keeps more of the budget; then each falls back as far as the budget lets it.
 */
final class BarSearch {
    /** Bars are multiples of one in this many. */
    private static final int STEPS = 500;

    /** Keeps ratios finite where a bar costs nothing, and prefers the lower of two that cost the same. */
    private static final double FREE = 0.02;

    /** What losing all harvests of a signature costs though others find them, in harvests. */
    private static final double OWN_WEIGHT = 1.0;

    private final List<Knob> knobs;
    private final boolean[] foundOtherwise;

    /** A signature. */
    static final class Knob {
        private final double[] honest;
        private final double[] weights;
        private final double[] harvests;

        /**
         * Takes what is known of it.
         *
         * @param honest how strongly it held, for the honest cases for which it did
         * @param weights the shares of these cases that are this signature's
         * @param harvests how strongly it held for each harvest; NaN where it did not
         */
        Knob(double[] honest, double[] weights, double[] harvests) {
            this.honest = honest.clone();
            this.weights = weights.clone();
            this.harvests = harvests.clone();
        }

        /** Whether it still finds a harvest with the bar that high. */
        private boolean finds(int harvest, double bar) {
            return harvests[harvest] >= bar;
        }

        private double flagged(double bar) {
            double counted = 0;
            double all = 0;
            double lowest = Double.POSITIVE_INFINITY;
            for (int at = 0; at < honest.length; at++) {
                counted += honest[at] >= bar ? weights[at] : 0;
                all += weights[at];
                lowest = Math.min(lowest, honest[at]);
            }
            if (all == 0 || bar <= lowest) {
                return all;
            }
            double excess = 0;
            for (int at = 0; at < honest.length; at++) {
                excess += weights[at] * (honest[at] - lowest);
            }
            double mean = Math.max(1.0 / STEPS, excess / all);
            return Math.max(counted, all * Math.exp(-(bar - lowest) / mean));
        }

        private long found(double bar) {
            return Arrays.stream(harvests).filter(strength -> strength >= bar).count();
        }
    }

    /** Bars are searched for these signatures; harvests that are found otherwise cannot be lost. */
    BarSearch(List<Knob> knobs, boolean[] foundOtherwise) {
        this.knobs = knobs;
        this.foundOtherwise = foundOtherwise.clone();
    }

    /**
     * The bars, 0 for a signature that needs none.
     *
     * @param most honest cases that may be flagged; it may be a fraction
     */
    double[] search(double most) {
        double[] bars = new double[knobs.size()];
        while (flagged(bars) > most && raise(bars, most)) {
            // Until it fits, or nothing helps.
        }
        for (int knob = 0; knob < bars.length; knob++) {
            lower(bars, knob, most);
        }
        return bars;
    }

    private double flagged(double[] bars) {
        double sum = 0;
        for (int knob = 0; knob < bars.length; knob++) {
            sum += knobs.get(knob).flagged(bars[knob]);
        }
        return sum;
    }

    private boolean raise(double[] bars, double most) {
        double excess = flagged(bars) - most;
        double best = 0;
        int bestKnob = -1;
        double bestBar = 0;
        for (int knob = 0; knob < bars.length; knob++) {
            double now = knobs.get(knob).flagged(bars[knob]);
            for (int step = 1; now > 0 && step <= STEPS; step++) {
                double bar = (double) step / STEPS;
                if (bar > bars[knob]) {
                    double gain = Math.min(excess, now - knobs.get(knob).flagged(bar));
                    double ratio = gain / (cost(bars, knob, bar) + FREE);
                    if (gain > 1e-9 && ratio > best + 1e-12) {
                        best = ratio;
                        bestKnob = knob;
                        bestBar = bar;
                    }
                }
            }
        }
        if (bestKnob >= 0) {
            bars[bestKnob] = bestBar;
        }
        return bestKnob >= 0;
    }

    /** Harvests lost by raising one bar, and the signature's own part of what it finds. */
    private double cost(double[] bars, int raised, double bar) {
        Knob knob = knobs.get(raised);
        double lost = 0;
        for (int harvest = 0; harvest < foundOtherwise.length; harvest++) {
            boolean falls = knob.finds(harvest, bars[raised]) && !knob.finds(harvest, bar);
            lost += falls && !foundOtherwise[harvest] && !isFound(bars, raised, harvest) ? 1 : 0;
        }
        long own = knob.found(0);
        return lost + (own == 0 ? 0 : OWN_WEIGHT * (knob.found(bars[raised]) - knob.found(bar)) / own);
    }

    private boolean isFound(double[] bars, int without, int harvest) {
        for (int knob = 0; knob < bars.length; knob++) {
            if (knob != without && knobs.get(knob).finds(harvest, bars[knob])) {
                return true;
            }
        }
        return false;
    }

    private void lower(double[] bars, int knob, double most) {
        double raised = bars[knob];
        for (int step = 0; (double) step / STEPS < raised; step++) {
            bars[knob] = (double) step / STEPS;
            if (flagged(bars) <= most) {
                return;
            }
        }
        bars[knob] = raised;
    }
}
