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

    private PipelineException(String sentence) {
        super(sentence);
    }

    /** A failure that is known, with the sentence that says what to do. */
    public static PipelineException saying(String sentence) {
        return new PipelineException(sentence);
    }

    /** The failure itself where it has its sentence, however deep in others; else one about it. */
    public static PipelineException of(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (at instanceof PipelineException known) {
                return known;
            }
        }
        return new PipelineException(failure);
    }

    private static String innermost(Throwable failure) {
        Throwable at = failure;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        return at.getClass().getSimpleName() + ": " + at.getMessage();
    }
}
