package io.stillwatch.alert;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import java.util.Optional;

/**
 * What must be remembered of an entity between two steps of its alert's life.
 *
 * @param newest the newest step of its alert, as published while it is open, without evidence once it is closed (see {@link
 *     ClosedAlert}); empty when it never had one
 * @param lastHeldMs event time at which a signature last held, be the alert open or closed; milliseconds since 1970,
 *     meaningless without an alert
 * @param orders of analysts that the alert has taken
 */
public record AlertMemory(Optional<Alert> newest, long lastHeldMs, TakenOrders orders) {
    /** An entity that never had an alert. */
    public static final AlertMemory NONE = new AlertMemory(Optional.empty(), 0, TakenOrders.NONE);

    /** The newest step of the alert if it is open. */
    public Optional<Alert> open() {
        return newest.filter(alert -> alert.getState() != AlertState.CLOSED);
    }

    /** What is kept of the alert if it is closed. */
    public Optional<Alert> closed() {
        return newest.filter(alert -> alert.getState() == AlertState.CLOSED);
    }

    /** Whether there is nothing to remember. */
    public boolean isEmpty() {
        return newest.isEmpty();
    }
}
