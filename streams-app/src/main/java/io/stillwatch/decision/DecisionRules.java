package io.stillwatch.decision;

import java.util.Optional;

/**
 * The policy, with the secret that it keeps in a file.
 *
 * @param key secret that delays are derived from; without one a random start value is kept in the state
 */
public record DecisionRules(Policy policy, Optional<byte[]> key) {
    /** What counts unless something else is asked for: nothing is decided. */
    public static DecisionRules observing() {
        return new DecisionRules(Policy.bundled(), Optional.empty());
    }
}
