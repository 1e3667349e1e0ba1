package io.stillwatch.topology;

import java.io.Serial;

/** The pipeline stopped because of a failure; nothing is lost, it goes on where it committed last. */
public final class PipelineException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    PipelineException(Throwable cause) {
        super(
                "The pipeline stopped: " + innermost(cause) + ". Nothing is lost; mend the cause and start it again.",
                cause);
    }

    private static String innermost(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at.getClass().getSimpleName() + ": " + at.getMessage();
    }
}
