package io.stillwatch.signature;

/** How far a signature is trusted: shadow ones write findings but raise no alert, deprecated ones are not run. */
public enum SignatureStatus {
    STABLE,
    TEST,
    SHADOW,
    DEPRECATED;

    /** Whether the signature is evaluated at all. */
    public boolean runs() {
        return this != DEPRECATED;
    }

    /** Whether what the signature finds may open an alert. */
    public boolean alerts() {
        return this == STABLE || this == TEST;
    }
}
