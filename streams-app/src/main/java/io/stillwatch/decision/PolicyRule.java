package io.stillwatch.decision;

import io.stillwatch.signature.Severity;
import java.time.Duration;
import java.util.Set;

/**
 * Which alerts lead to which measure.
 *
 * @param name names the rule in reasons and previews
 * @param severity the least severity
 * @param score the least score; 0 to 1
 * @param entity what the alert must be about
 * @param confidence for alerts about campaigns: how sure the account's membership must be; 0 to 1
 * @param signatures ids of which the alert must rest on one; empty for any
 * @param measure what to do about the account, or about each member of the campaign
 * @param valid how long after the alert's newest step, by event time
 */
public record PolicyRule(
        String name,
        Severity severity,
        double score,
        Entity entity,
        double confidence,
        Set<String> signatures,
        Measure measure,
        Duration valid) {
    public PolicyRule {
        signatures = Set.copyOf(signatures);
    }

    /** The same rule, whose measures last so long. */
    PolicyRule lasting(Duration length) {
        return new PolicyRule(name, severity, score, entity, confidence, signatures, measure, length);
    }

    /** What an alert may be about. */
    public enum Entity {
        ANY,
        ACCOUNT,
        CAMPAIGN
    }

    /** @param sure how sure it is that the account belongs to what the alert is about; 0 to 1 */
    boolean fits(AlertCase alert, double sure) {
        return alert.severity().compareTo(severity) >= 0
                && alert.score() >= score
                && switch (entity) {
                    case ANY -> true;
                    case ACCOUNT -> !alert.isCampaign();
                    case CAMPAIGN -> alert.isCampaign();
                }
                && sure >= confidence
                && (signatures.isEmpty() || alert.signatureIds().stream().anyMatch(signatures::contains));
    }
}
