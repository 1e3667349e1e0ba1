package io.stillwatch.alert;

import io.stillwatch.fingerprint.Hash64;
import java.util.Locale;

/**
 * The id of an entity's alert: a function of the entity alone, so it is the same however often the alert is opened again,
 * in every replay, and for whoever wants to name the alert of an account without looking for it.
 */
public final class AlertId {
    private AlertId() {}

    /**
     * The alert of an entity.
     *
     * @param entityType account or campaign
     */
    public static String of(String entityType, String entityId) {
        return String.format(Locale.ROOT, "al-%016x", Hash64.finish(Hash64.of(entityType + ":" + entityId)));
    }
}
