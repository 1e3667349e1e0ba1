package io.stillwatch.signature;

import java.io.Serial;
import java.util.Objects;

/** A signature cannot be used; the message names the file, the line and what to mend. */
public final class SignatureException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public SignatureException(String message) {
        super(message);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
