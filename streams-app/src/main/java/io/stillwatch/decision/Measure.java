package io.stillwatch.decision;

import io.stillwatch.schema.DecisionAction;

/**
 * What to do about an account.
 *
 * @param action allow to block, in rising order
 * @param rate requests a minute to allow when throttling, above 0; 0 for any other action
 */
public record Measure(DecisionAction action, double rate) {
    /** Nothing is done. */
    public static final Measure ALLOW = new Measure(DecisionAction.ALLOW, 0);

    public Measure {
        if (action == DecisionAction.THROTTLE != rate > 0) {
            throw new IllegalArgumentException("A rate belongs to throttling, and throttling has one.");
        }
    }

    /** Whether this is harder on an account than the other; of two rates the lower one is. */
    boolean isHarderThan(Measure other) {
        int byAction = action.compareTo(other.action);
        return byAction > 0 || byAction == 0 && rate < other.rate;
    }

    /** In words, such as {@code throttle to 20 requests a minute}. */
    String words() {
        return switch (action) {
            case ALLOW -> "allow";
            case THROTTLE -> "throttle to " + number(rate) + " requests a minute";
            case CHALLENGE -> "challenge";
            case BLOCK -> "block";
        };
    }

    private static String number(double rate) {
        return rate == Math.rint(rate) && rate < 1e15 ? Long.toString((long) rate) : Double.toString(rate);
    }
}
