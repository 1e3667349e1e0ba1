package io.stillwatch.evaluate;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What comes of acting on all alerts of a tier.
 *
 * @param tier of the alerts
 * @param detection hostile accounts that are named by one, their own or a campaign's, of all hostile
 * @param falsePositives honest accounts that are named by one, of all honest
 * @param requests of a hostile account until it is named, median over those that are
 * @param alerts at an analyst's desk: those that are right, of accounts and of campaigns, of all
 * @param days of event time over which they came; 0 when no time passed
 */
public record OperatingPoint(
        Tier tier, Rate detection, Rate falsePositives, OptionalLong requests, Rate alerts, double days) {
    /** A day's alerts, right and wrong; empty when no time passed. */
    public OptionalDouble alertsADay() {
        return days > 0 ? OptionalDouble.of(alerts.whole() / days) : OptionalDouble.empty();
    }

    /** A day's alerts that are right; empty when no time passed. */
    public OptionalDouble rightAlertsADay() {
        return days > 0 ? OptionalDouble.of(alerts.part() / days) : OptionalDouble.empty();
    }

    /**
     * Which share of the accounts named would be hostile were another share of all accounts hostile.
     *
     * @param prevalence share of hostile accounts among all, 0 to 1
     * @return empty without accounts of both kinds, and when nobody would be named
     */
    public OptionalDouble precisionAt(double prevalence) {
        return detection.share().isEmpty() || falsePositives.share().isEmpty()
                ? OptionalDouble.empty()
                : precision(
                        prevalence,
                        detection.share().getAsDouble(),
                        falsePositives.share().getAsDouble());
    }

    /** The same at the bad ends of both intervals: what it is at the least, as far as so few accounts can tell. */
    public double leastPrecisionAt(double prevalence) {
        return precision(prevalence, detection.low(), falsePositives.high()).orElse(0);
    }

    /** The same at the good ends of both intervals. */
    public double mostPrecisionAt(double prevalence) {
        return precision(prevalence, detection.high(), falsePositives.low()).orElse(1);
    }

    private static OptionalDouble precision(double prevalence, double detected, double flagged) {
        double right = prevalence * detected;
        double all = right + (1 - prevalence) * flagged;
        return all > 0 ? OptionalDouble.of(right / all) : OptionalDouble.empty();
    }
}
