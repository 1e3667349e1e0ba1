package io.stillwatch.baseline;

/** A baseline or dictionary is not usable; the message says why and what to do. */
public final class BaselineException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BaselineException(String message) {
        super(message);
    }
}
