package io.stillwatch.alert.ocsf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/** The rules of OCSF for tests of other packages. */
public final class OcsfValid {
    private OcsfValid() {}

    /** Everything in a line that breaks a rule; empty when valid. */
    public static List<String> violations(String line) {
        try {
            return OcsfRules.release(OcsfDetectionFinding.SCHEMA_VERSION).violations(new JsonMapper().readTree(line));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
