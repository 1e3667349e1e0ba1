package io.stillwatch.topology.control;

import io.stillwatch.signature.SignatureSet;
import java.util.HashMap;
import java.util.Map;

/** What decides which findings alert: the signatures and the allowlist in effect at a moment. */
public record Rules(SignatureSet signatures, LiveAllowlist.Current allowed) {
    /** By signature and by entry of the allowlist, 64 bits that change whenever anything about it does. */
    public Map<String, Long> revisions() {
        Map<String, Long> revisions = new HashMap<>(signatures.revisions());
        revisions.putAll(allowed.revisions());
        return revisions;
    }
}
