package io.stillwatch.replay.report;

import io.stillwatch.evaluate.Scorecard;
import io.stillwatch.text.Figures;

/** What an evaluation comes to, in one sentence. */
final class EvaluationVerdict {
    private EvaluationVerdict() {}

    static String of(Scorecard card) {
        int missed = card.missed().size();
        int flagged = card.wronglyFlagged().size();
        return (missed == 0
                        ? "No hostile account was missed"
                        : Figures.counted(missed, "hostile account") + (missed == 1 ? " was" : " were") + " missed")
                + (flagged == 0
                        ? ", and no honest one was flagged."
                        : ", and " + Figures.counted(flagged, "honest account") + (flagged == 1 ? " was" : " were")
                                + " flagged.");
    }
}
