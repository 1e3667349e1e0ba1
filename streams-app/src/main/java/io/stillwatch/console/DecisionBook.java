package io.stillwatch.console;

import io.stillwatch.schema.Decision;
import java.util.Optional;

/** Where look-ups find what was decided. */
public interface DecisionBook {
    /**
     * The newest decision about an account, in force or not.
     *
     * @throws RuntimeException where it cannot be read
     */
    Optional<Decision> of(String account);

    /** Whether what is missing here has not been decided, rather than not been heard of yet. */
    boolean isReady();

    /** Whether the process can still do its work; otherwise it should be restarted. */
    boolean isHealthy();
}
