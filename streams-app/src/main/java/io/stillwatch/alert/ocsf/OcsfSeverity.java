package io.stillwatch.alert.ocsf;

import io.stillwatch.text.Printable;

/** The severities of an alert with their places in OCSF's severity and risk level enumerations. */
enum OcsfSeverity {
    INFORMATIONAL("Informational", 1, "Info", 0),
    LOW("Low", 2, "Low", 1),
    MEDIUM("Medium", 3, "Medium", 2),
    HIGH("High", 4, "High", 3),
    CRITICAL("Critical", 5, "Critical", 4);

    private static final int RISK_POINTS_A_LEVEL = 20;

    private final String caption;
    private final int id;
    private final String riskCaption;
    private final int riskId;

    OcsfSeverity(String caption, int id, String riskCaption, int riskId) {
        this.caption = caption;
        this.id = id;
        this.riskCaption = riskCaption;
        this.riskId = riskId;
    }

    /** @throws IllegalArgumentException when no severity of an alert has that name */
    static OcsfSeverity named(String name) {
        for (OcsfSeverity severity : values()) {
            if (severity.caption.equalsIgnoreCase(name)) {
                return severity;
            }
        }
        throw new IllegalArgumentException("An alert's severity is informational, low, medium, high or critical, not "
                + Printable.identifier(name) + ".");
    }

    String caption() {
        return caption;
    }

    int id() {
        return id;
    }

    String riskCaption() {
        return riskCaption;
    }

    int riskId() {
        return riskId;
    }

    /** 0 to 100: each severity has a band of 20, the score places the alert within it. */
    long riskScore(double score) {
        return Math.round(RISK_POINTS_A_LEVEL * (riskId + score));
    }
}
