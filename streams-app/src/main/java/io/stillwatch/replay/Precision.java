package io.stillwatch.replay;

import io.stillwatch.alert.Disposition;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often a signature was right, in analysts' judgement: of the alerts that it ever had a finding of and that somebody
 * judged, the share of true positives. What is benign and expected raises no work where it is allowed, but was no harvest.
 *
 * @param truePositives alerts; count
 * @param judged alerts; count, at least 1
 */
public record Precision(long truePositives, long judged) {
    /** By signature; none of those about which nobody said anything. */
    public static Map<String, Precision> bySignature(Collection<KnownAlerts.Known> alerts) {
        Map<String, Precision> byId = new TreeMap<>();
        for (KnownAlerts.Known known : alerts) {
            known.disposition()
                    .or(known::dispositionBefore)
                    .flatMap(Disposition::named)
                    .ifPresent(disposition -> {
                        Precision one = new Precision(disposition == Disposition.TRUE_POSITIVE ? 1 : 0, 1);
                        known.signatureIds()
                                .forEach(id -> byId.merge(
                                        id,
                                        one,
                                        (a, b) -> new Precision(
                                                a.truePositives() + b.truePositives(), a.judged() + b.judged())));
                    });
        }
        return byId;
    }

    /** The share; 0 to 1. */
    public double share() {
        return (double) truePositives / judged;
    }

    /** For people: how many of how many, as a share says little of few. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%,d of %,d", truePositives, judged);
    }
}
