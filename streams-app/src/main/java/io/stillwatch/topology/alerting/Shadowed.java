package io.stillwatch.topology.alerting;

import io.stillwatch.schema.AllowlistEntry;
import io.stillwatch.schema.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A finding that raises no alert.
 *
 * @param allowedBy entry of the allowlist; empty where the signature is in shadow
 */
public record Shadowed(Finding finding, String allowedBy) {
    /**
     * What a look found, by whether it may alert.
     *
     * @param alerting findings of the alert, strongest first
     * @param silent the others
     */
    public record Split(List<Finding> alerting, List<Shadowed> silent) {}

    /**
     * Takes the findings apart.
     *
     * @param shadowed of signatures in shadow
     * @param allowed the entry that lets a signature with an id pass, if one does
     */
    public static Split split(
            List<Finding> findings, List<Finding> shadowed, Function<String, Optional<AllowlistEntry>> allowed) {
        List<Finding> alerting = new ArrayList<>();
        List<Shadowed> silent = new ArrayList<>();
        shadowed.forEach(finding -> silent.add(new Shadowed(finding, "")));
        for (Finding finding : findings) {
            Optional<AllowlistEntry> entry = allowed.apply(finding.getSignatureId());
            if (entry.isPresent()) {
                silent.add(new Shadowed(finding, entry.get().getId()));
            } else {
                alerting.add(finding);
            }
        }
        return new Split(alerting, silent);
    }
}
