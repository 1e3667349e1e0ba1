package io.stillwatch.alert.ocsf;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;

/** How far the review of an alert has come, as OCSF's status of a finding. */
enum OcsfStatus {
    NEW(1, "New"),
    IN_PROGRESS(2, "In Progress"),
    /** Reviewed, and found to be benign or a false positive. */
    SUPPRESSED(3, "Suppressed"),
    RESOLVED(4, "Resolved");

    private final int id;
    private final String caption;

    OcsfStatus(int id, String caption) {
        this.id = id;
        this.caption = caption;
    }

    static OcsfStatus of(Alert alert) {
        if (alert.getState() == AlertState.CLOSED) {
            return OcsfVerdict.isHarmless(alert.getDisposition()) ? SUPPRESSED : RESOLVED;
        }
        return alert.getAcknowledgedBy() == null ? NEW : IN_PROGRESS;
    }

    int id() {
        return id;
    }

    String caption() {
        return caption;
    }
}
