package io.stillwatch.baseline;

/**
 * What is usual of a feature among accounts of one kind, in the feature's unit.
 *
 * @param low one account-day in twenty has less
 * @param median half of them have no more
 * @param high one account-day in twenty has more
 */
public record Usual(double low, double median, double high) {
    static final double LOW = 0.05;
    static final double HIGH = 0.95;

    /** What holds of both kinds: the wider of the two ranges. */
    Usual or(Usual other) {
        return new Usual(Math.min(low, other.low), (median + other.median) / 2, Math.max(high, other.high));
    }
}
