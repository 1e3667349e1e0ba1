package io.stillwatch.alert;

import io.stillwatch.schema.Finding;
import io.stillwatch.signature.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/**
 * How severe an alert is: as its most severe finding, and a step more where the scale is an industry's and not a person's.
 *
 * <p>The step is for {@value #MANY_ACCOUNTS} accounts of a campaign or more, or {@value #MANY_TOKENS} answer tokens or more
 * in the window of one finding: sets of some ten thousand worked solutions, which were enough to teach a model to reason
 * (Bespoke-Stratos: 17,000), are of that size. What is informational or low stays so: nobody is to be woken, nor refused, by
 * scale alone.
 */
public final class AlertSeverity {
    private static final long MANY_ACCOUNTS = 100;
    private static final long MANY_TOKENS = 20_000_000;

    private AlertSeverity() {}

    /**
     * The severity of an alert with these findings.
     *
     * @param accounts of a campaign; 0 for an account by itself
     */
    static Severity of(Collection<Finding> findings, long accounts) {
        Severity highest = highest(findings);
        boolean large = accounts >= MANY_ACCOUNTS
                || findings.stream().anyMatch(finding -> finding.getOutputTokens() >= MANY_TOKENS);
        return large ? raised(highest) : highest;
    }

    /** The severity of the most severe finding; informational where there is none. */
    public static Severity highest(Collection<Finding> findings) {
        return findings.stream()
                .map(finding -> named(finding.getSeverity()))
                .max(Comparator.naturalOrder())
                .orElse(Severity.INFORMATIONAL);
    }

    /** A finding's severity, but no more than another. */
    public static Severity atMost(Severity most, Finding finding) {
        Severity own = named(finding.getSeverity());
        return own.compareTo(most) > 0 ? most : own;
    }

    private static Severity raised(Severity severity) {
        return switch (severity) {
            case INFORMATIONAL -> Severity.INFORMATIONAL;
            case LOW -> Severity.LOW;
            case MEDIUM -> Severity.HIGH;
            case HIGH, CRITICAL -> Severity.CRITICAL;
        };
    }

    static Severity named(String id) {
        return Severity.valueOf(id.toUpperCase(Locale.ROOT));
    }
}
