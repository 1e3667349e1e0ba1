package io.stillwatch.decision;

import io.stillwatch.schema.Decision;
import java.util.Optional;

/**
 * A decision that was made, changed or taken back.
 *
 * @param decision what counts from now on; empty where nothing does any more
 * @param rule the policy's rule behind it; of what was taken back its rule
 * @param timeMs event time of the change, milliseconds since 1970
 * @param published whether gateways are to be told
 * @param blocked whether the account was not blocked before and is now
 * @param beyondCeiling whether the account would have been blocked but for the ceiling, and was not so before
 * @param why in one clause
 */
public record Change(
        String account,
        Optional<Decision> decision,
        String rule,
        long timeMs,
        boolean published,
        boolean blocked,
        boolean beyondCeiling,
        String why) {}
