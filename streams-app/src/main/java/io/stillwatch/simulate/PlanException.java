package io.stillwatch.simulate;

import java.util.Objects;

/** A simulation plan that cannot be played; the message is one sentence for the person who wrote it. */
public final class PlanException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public PlanException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
