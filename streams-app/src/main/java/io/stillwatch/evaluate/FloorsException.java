package io.stillwatch.evaluate;

/** Floors that cannot be read; the message is a clause that says what is wrong. */
public final class FloorsException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public FloorsException(String message) {
        super(message);
    }
}
