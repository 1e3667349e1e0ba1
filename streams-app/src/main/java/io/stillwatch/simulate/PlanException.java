package io.stillwatch.simulate;

/** A simulation plan that cannot be played; the message is one sentence for the person who wrote it. */
public final class PlanException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public PlanException(String message) {
        super(message);
    }
}
