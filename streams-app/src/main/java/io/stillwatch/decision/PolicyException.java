package io.stillwatch.decision;

/** A policy that cannot be used; the message names the file, the line and what to mend. */
public final class PolicyException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PolicyException(String message) {
        super(message);
    }
}
