package io.stillwatch.evaluate;

import io.stillwatch.schema.Finding;
import java.util.Optional;

/**
 * The signature that an account came nearest to over a run.
 *
 * @param signature its id; empty when the account was never looked at
 * @param margin how far inside or outside it, -1 to 1; at least 0 when it held
 * @param lacking the signature with the values that kept it from holding then, those furthest off first; empty where they
 *     are not known
 */
public record Nearest(String signature, double margin, Optional<Finding> lacking) {
    /** What is known of an account that was never looked at. */
    public static final Nearest NONE = new Nearest("", -1);

    /** One of which nothing more is known. */
    public Nearest(String signature, double margin) {
        this(signature, margin, Optional.empty());
    }

    /** The nearer of the two; this one when they are as near. */
    public Nearest or(Nearest other) {
        return other.margin > margin || signature.isEmpty() ? other : this;
    }
}
