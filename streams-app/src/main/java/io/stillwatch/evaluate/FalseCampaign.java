package io.stillwatch.evaluate;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A campaign with an alert of whose members fewer than half work for a true one.
 *
 * @param id as in the alert
 * @param members count
 * @param honest of them, honest accounts; count
 * @param kinds of its members that work for no campaign, with their number
 * @param explanation the alert in words
 */
public record FalseCampaign(String id, int members, int honest, Map<String, Integer> kinds, String explanation) {
    public FalseCampaign {
        kinds = Collections.unmodifiableMap(new TreeMap<>(kinds));
    }

    /** Whether it accuses honest accounts more than others. */
    public boolean mostlyHonest() {
        return 2 * honest > members;
    }
}
