package io.stillwatch.simulate.text;

/** A grammar that does not hold together; the message names the file and the line. */
public final class GrammarException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public GrammarException(String message) {
        super(message);
    }
}
