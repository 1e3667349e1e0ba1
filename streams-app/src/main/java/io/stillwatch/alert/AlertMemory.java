package io.stillwatch.alert;

import io.stillwatch.schema.Alert;
import java.util.Optional;

/**
 * What must be remembered of an entity between two steps of its alerts' lives.
 *
 * @param opened alerts opened for the entity so far
 * @param open the newest step of the alert that is open, if one is
 * @param lastHeldMs event time at which a signature last held; meaningless when no alert is open
 */
public record AlertMemory(long opened, Optional<Alert> open, long lastHeldMs) {
    /** An entity that never had an alert. */
    public static final AlertMemory NONE = new AlertMemory(0, Optional.empty(), 0);
}
