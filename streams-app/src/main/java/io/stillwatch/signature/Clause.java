package io.stillwatch.signature;

/**
 * One comparison of a condition: a feature against a constant.
 *
 * @param threshold in the feature's unit
 */
public record Clause(String feature, Comparison comparison, double threshold) {

    /** Which side of the threshold a clause asks for. */
    public enum Comparison {
        AT_LEAST,
        MORE_THAN,
        AT_MOST,
        LESS_THAN;

        boolean wantsMore() {
            return this == AT_LEAST || this == MORE_THAN;
        }

        /** The same comparison with its sides exchanged. */
        Comparison mirrored() {
            return switch (this) {
                case AT_LEAST -> AT_MOST;
                case MORE_THAN -> LESS_THAN;
                case AT_MOST -> AT_LEAST;
                case LESS_THAN -> MORE_THAN;
            };
        }
    }

    /** Whether a value satisfies the clause; NaN never does. */
    public boolean holds(double value) {
        return switch (comparison) {
            case AT_LEAST -> value >= threshold;
            case MORE_THAN -> value > threshold;
            case AT_MOST -> value <= threshold;
            case LESS_THAN -> value < threshold;
        };
    }

    /**
     * How far inside a value lies: 0 at the threshold, 1 at the end of a share's range or at 16 times a threshold that
     * has no end; negative outside.
     */
    public double margin(double value, boolean isShare) {
        double distance;
        if (comparison.wantsMore()) {
            distance = isShare
                    ? (value - threshold) / Math.max(1e-9, 1 - threshold)
                    : Math.log(Math.max(1e-9, value) / Math.max(1e-9, threshold)) / Math.log(16);
        } else {
            distance = (threshold - value) / Math.max(1e-9, Math.abs(threshold));
        }
        return Math.max(-1, Math.min(1, distance));
    }
}
