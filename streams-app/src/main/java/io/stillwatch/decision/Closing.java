package io.stillwatch.decision;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;

/** What a step of an alert means for the decisions that rest on it. */
enum Closing {
    /** The alert is open: it decides. */
    NONE,

    /** It closed, and what was found remains true: decisions lapse when their time is over. */
    QUIET,

    /** It was wrong, expected, or rests on nothing that may alert any more: decisions are lifted at once. */
    TAKEN_BACK;

    private static final String QUIETNESS = "No signature has held since ";
    private static final String MERGED = "It has merged with ";

    static Closing of(Alert step) {
        boolean opens = step.getState() == AlertState.OPENED || step.getState() == AlertState.REOPENED;
        if (!opens && isExcused(step.getDisposition())) {
            return TAKEN_BACK;
        }
        if (step.getState() != AlertState.CLOSED) {
            return NONE;
        }
        if (step.getClosedBy() != null || step.getCloseReason() == null) {
            return QUIET;
        }
        String reason = step.getCloseReason();
        return reason.startsWith(QUIETNESS) || reason.startsWith(MERGED) ? QUIET : TAKEN_BACK;
    }

    private static boolean isExcused(String disposition) {
        return "false_positive".equals(disposition) || "benign_expected".equals(disposition);
    }
}
