package io.stillwatch.alert;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.Finding;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a closed alert is opened again by what is found.
 *
 * <p>One that closed by itself and that nobody judged is opened again by any finding. Whoever closes an alert, or says what
 * it turned out to be, has seen its findings: the same ones must not bring it back at the next look. What is new does: a
 * signature that was not among its findings, a higher severity, four times the requests, or findings that come again after
 * they had ceased for the quiet time. Of what is benign and expected, the last two are expected, too.
 */
final class Reopening {
    private static final int GROWTH = 4;

    private Reopening() {}

    /**
     * Whether findings open a closed alert again.
     *
     * @param lastHeldMs event time at which a signature last held, milliseconds since 1970
     */
    static boolean isDue(Alert closed, long lastHeldMs, Observation seen, Duration quietTime) {
        if (closed.getClosedBy() == null && closed.getDisposition() == null) {
            return true;
        }
        Set<String> known =
                closed.getFindings().stream().map(Finding::getSignatureId).collect(Collectors.toSet());
        boolean another = seen.findings().stream().anyMatch(finding -> !known.contains(finding.getSignatureId()));
        boolean worse =
                AlertSeverity.of(seen.findings(), seen.accounts()).compareTo(AlertSeverity.named(closed.getSeverity()))
                        > 0;
        if (another || worse) {
            return true;
        }
        boolean expected = Disposition.BENIGN_EXPECTED.id().equals(closed.getDisposition());
        boolean grown = seen.requests() >= GROWTH * Math.max(1, closed.getRequests());
        boolean again = seen.timeMs() - lastHeldMs >= quietTime.toMillis();
        return !expected && (grown || again);
    }
}
