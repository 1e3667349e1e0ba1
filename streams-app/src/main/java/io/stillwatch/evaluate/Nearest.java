package io.stillwatch.evaluate;

/**
 * The signature that an account came nearest to over a run.
 *
 * @param signature its id; empty when the account was never looked at
 * @param margin how far inside or outside it, -1 to 1; at least 0 when it held
 */
public record Nearest(String signature, double margin) {
    /** What is known of an account that was never looked at. */
    public static final Nearest NONE = new Nearest("", -1);

    /** The nearer of the two; this one when they are as near. */
    public Nearest or(Nearest other) {
        return other.margin > margin || signature.isEmpty() ? other : this;
    }
}
