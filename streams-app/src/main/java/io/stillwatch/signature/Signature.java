package io.stillwatch.signature;

import io.stillwatch.profile.EntityType;
import io.stillwatch.profile.Part;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A known distillation behaviour, as its YAML file declares it.
 *
 * @param id lower-case words joined by hyphens; stable over versions
 * @param version raised with every change
 * @param entity what has the profiles that it reads: {@link EntityType#ACCOUNT} or {@link EntityType#CAMPAIGN}
 * @param windows spans of event time whose profiles are read, shortest first; the condition has to hold in one of them
 * @param parts parts of the requests that are read one by one; the condition has to hold for one of them
 * @param minimum requests of the part before the signature may speak, in any window
 * @param minimums the same for windows that ask for more
 * @param condition CEL expression of type bool over feature names
 * @param score CEL expression of type double over feature names; cut to 0..1
 * @param evidence features to show, most telling first
 * @param atlas MITRE ATLAS technique ids
 * @param owasp OWASP ids
 * @param falsePositives honest behaviours that come close, and why they stay quiet
 * @param examples feature values that must match and such that must not
 */
public record Signature(
        String id,
        int version,
        String title,
        String description,
        Severity severity,
        SignatureStatus status,
        String entity,
        List<Duration> windows,
        List<Part> parts,
        long minimum,
        Map<Duration, Long> minimums,
        String condition,
        String score,
        List<String> evidence,
        List<String> atlas,
        List<String> owasp,
        List<String> falsePositives,
        List<String> references,
        Examples examples) {
    /** Requests of the part before the signature may speak about a window. */
    public long minimum(Duration window) {
        return Math.max(minimum, minimums.getOrDefault(window, 0L));
    }

    /** A named set of feature values; features not named have no value. */
    public record Example(String about, Map<String, Double> features) {}

    /**
     * What the condition must and must not hold for.
     *
     * @param timelines accounts over time that must raise an alert, or must not, when only this signature is run
     */
    public record Examples(List<Example> match, List<Example> noMatch, List<RawTimeline> timelines) {}
}
