package io.stillwatch.runtime;

import java.util.Objects;

/**
 * A command gives up. The message is one clear sentence that says what is wrong and what to do; it may quote untrusted
 * text, which is escaped when it is printed.
 */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final ExitStatus status;

    public UserException(String message, ExitStatus status) {
        super(message);
        this.status = status;
    }

    public UserException(String message, ExitStatus status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /** What the process ends with. */
    public ExitStatus status() {
        return status;
    }
}
