package io.stillwatch.decision;

import io.stillwatch.profile.codec.StateReader;
import io.stillwatch.profile.codec.StateWriter;
import io.stillwatch.signature.Severity;
import java.util.Set;

/**
 * How far a lift reaches into an alert's later life: its steps decide nothing as long as they are no more severe and rest
 * on no signature that the alert did not have when it was lifted.
 */
record Cover(Severity severity, Set<String> signatureIds) {
    Cover {
        signatureIds = Set.copyOf(signatureIds);
    }

    boolean covers(AlertCase alert) {
        return alert.severity().compareTo(severity) <= 0 && signatureIds.containsAll(alert.signatureIds());
    }

    void write(StateWriter out) {
        out.writeString(severity.id());
        out.writeUnsigned(signatureIds.size());
        signatureIds.stream().sorted().forEach(out::writeString);
    }

    static Cover read(StateReader in) {
        Severity severity = AlertCase.severity(in.readString());
        return new Cover(severity, Set.copyOf(AlertCase.strings(in)));
    }
}
