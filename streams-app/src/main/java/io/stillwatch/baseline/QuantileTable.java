package io.stillwatch.baseline;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * How a feature is distributed over account-days: its values at fixed quantiles, closest together at both ends, where
 * thresholds lie. Between them it interpolates. Immutable.
 */
public final class QuantileTable {
    /** Below this many values a table says too little. */
    static final int LEAST_VALUES = 30;

    private static final double[] SHARES = shares();
    private static final MathContext DIGITS = new MathContext(6);

    private final double[] values;

    /** Takes the values at those shares, ascending. */
    QuantileTable(double[] values) {
        if (values.length != SHARES.length) {
            throw new BaselineException(
                    "a table of quantiles has " + values.length + " values in place of " + SHARES.length);
        }
        for (int at = 1; at < values.length; at++) {
            if (!(values[at] >= values[at - 1])) {
                throw new BaselineException("a table of quantiles does not ascend at value " + (at + 1));
            }
        }
        this.values = values.clone();
    }

    /** 0, 0.1 %, 0.25 %, 0.5 %, 1 %, 2 %, 4 %, 6 % and so on, then the same from above. */
    private static double[] shares() {
        double[] fine = {0, 0.001, 0.0025, 0.005, 0.01};
        int between = 49;
        double[] shares = new double[fine.length * 2 + between];
        for (int at = 0; at < fine.length; at++) {
            shares[at] = fine[at];
            shares[shares.length - 1 - at] = 1 - fine[at];
        }
        for (int at = 0; at < between; at++) {
            shares[fine.length + at] = (at + 1) / 50.0;
        }
        return shares;
    }

    /** The table of values; they are sorted in place. Each is rounded to six digits. */
    static QuantileTable of(double[] sample) {
        Arrays.sort(sample);
        double[] values = new double[SHARES.length];
        for (int at = 0; at < values.length; at++) {
            int rank = (int) Math.min(sample.length - 1L, (long) Math.ceil(SHARES[at] * sample.length - 1e-9) - 1);
            values[at] = new BigDecimal(sample[Math.max(0, rank)]).round(DIGITS).doubleValue();
        }
        return new QuantileTable(values);
    }

    double[] values() {
        return values.clone();
    }

    /**
     * The value that a share of the sample does not exceed.
     *
     * @param share 0 to 1
     */
    public double at(double share) {
        int above = 1;
        while (above < SHARES.length - 1 && SHARES[above] < share) {
            above++;
        }
        double step = SHARES[above] - SHARES[above - 1];
        double part = Math.min(1, Math.max(0, (share - SHARES[above - 1]) / step));
        return values[above - 1] + part * (values[above] - values[above - 1]);
    }

    /** Share of the sample that is at most this value, 0 to 1. */
    public double shareAtMost(double value) {
        if (Double.isNaN(value)) {
            return Double.NaN;
        }
        int above = 0;
        while (above < values.length && values[above] <= value) {
            above++;
        }
        if (above == 0) {
            return 0;
        }
        if (above == values.length) {
            return 1;
        }
        double step = values[above] - values[above - 1];
        return SHARES[above - 1] + (SHARES[above] - SHARES[above - 1]) * (value - values[above - 1]) / step;
    }
}
