package io.stillwatch.evaluate;

import java.util.OptionalDouble;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * A share that was counted, with what it may be in truth: the confidence interval at 95 % of Clopper and Pearson (1934),
 * which holds for any number of trials, however few.
 *
 * @param part counted; 0 to {@code whole}
 * @param whole trials; 0 when nothing can be told
 */
public record Rate(int part, int whole) {
    private static final double ERROR = 0.05;

    public Rate {
        if (part < 0 || part > whole) {
            throw new IllegalArgumentException(part + " of " + whole + " is no share.");
        }
    }

    /** The share, 0 to 1; empty without trials. */
    public OptionalDouble share() {
        return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) part / whole);
    }

    /** The lower end of the interval; 0 without trials. */
    public double low() {
        return whole == 0
                ? 0
                : BinomialConfidenceInterval.CLOPPER_PEARSON
                        .fromErrorRate(whole, part, ERROR)
                        .getLowerBound();
    }

    /** The upper end of the interval; 1 without trials. */
    public double high() {
        return whole == 0
                ? 1
                : BinomialConfidenceInterval.CLOPPER_PEARSON
                        .fromErrorRate(whole, part, ERROR)
                        .getUpperBound();
    }

    Rate plus(Rate other) {
        return new Rate(part + other.part, whole + other.whole);
    }
}
