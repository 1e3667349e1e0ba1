package io.stillwatch.alert;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What has been published about alerts, so that an entity whose memory is lost goes on with its alert and its numbers. */
public final class PublishedAlerts {
    private final Map<String, Alert> newest = new HashMap<>();
    private final Map<String, TakenOrders> orders = new HashMap<>();

    /** Takes in a published step, in any order. */
    public void take(Alert step) {
        newest.merge(
                name(step.getEntityType(), step.getEntityId()),
                step,
                (before, now) -> now.getSequence() >= before.getSequence() ? now : before);
    }

    /** Takes in that there was an order about an entity, in the order of their topic. */
    public void ordered(String entityId, String orderId) {
        orders.merge(entityId, TakenOrders.NONE.and(orderId), (before, now) -> before.and(orderId));
    }

    private static String name(String entityType, String entityId) {
        return entityType + "/" + entityId;
    }

    /** The newest step of an entity's alert; empty where it has none. */
    public Optional<Alert> newest(String entityType, String entityId) {
        return Optional.ofNullable(newest.get(name(entityType, entityId)));
    }

    /** Hands on the newest step of every entity of a type. */
    public void forEach(String entityType, BiConsumer<String, Alert> taker) {
        newest.values().stream()
                .filter(alert -> alert.getEntityType().equals(entityType))
                .forEach(alert -> taker.accept(alert.getEntityId(), alert));
    }

    /**
     * What to remember of an entity.
     *
     * @param alert the newest published step of its alert
     * @param made what it was found to be when its requests were gone through again
     */
    public AlertMemory memory(Alert alert, AlertMemory made) {
        TakenOrders taken = orders.getOrDefault(alert.getEntityId(), TakenOrders.NONE);
        Optional<Alert> same = made.newest()
                .filter(again -> again.getSequence() == alert.getSequence()
                        && again.getState() == alert.getState()
                        && again.getTime() == alert.getTime());
        Alert kept = alert.getState() == AlertState.CLOSED ? ClosedAlert.slim(alert) : alert;
        return new AlertMemory(
                Optional.of(same.isPresent() ? same.get() : kept),
                made.isEmpty() ? alert.getTime() : made.lastHeldMs(),
                taken);
    }
}
