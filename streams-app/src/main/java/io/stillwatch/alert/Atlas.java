package io.stillwatch.alert;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The techniques of MITRE ATLAS that distillation involves, with their parents and tactics.
 *
 * <p>Ids and names are those of the ATLAS data release {@value #VERSION} (mitre-atlas/atlas-data).
 */
public final class Atlas {
    /** The release that ids and names are of. */
    public static final String VERSION = "5.6.0";

    private static final Pattern ID = Pattern.compile("(AML\\.T[0-9]{4})(\\.[0-9]{3})?");

    private static final Map<String, Named> TACTICS = byId(
            new Named("AML.TA0000", "AI Model Access"),
            new Named("AML.TA0001", "AI Attack Staging"),
            new Named("AML.TA0003", "Resource Development"),
            new Named("AML.TA0004", "Initial Access"),
            new Named("AML.TA0010", "Exfiltration"),
            new Named("AML.TA0011", "Impact"));

    private static final Map<String, Named> TECHNIQUES = byId(
            new Named("AML.T0005", "Create Proxy AI Model"),
            new Named("AML.T0005.001", "Train Proxy via Replication"),
            new Named("AML.T0008", "Acquire Infrastructure"),
            new Named("AML.T0008.005", "AI Service Proxies"),
            new Named("AML.T0012", "Valid Accounts"),
            new Named("AML.T0021", "Establish Accounts"),
            new Named("AML.T0024", "Exfiltration via AI Inference API"),
            new Named("AML.T0024.002", "Extract AI Model"),
            new Named("AML.T0034", "Cost Harvesting"),
            new Named("AML.T0040", "AI Model Inference API Access"),
            new Named("AML.T0048", "External Harms"),
            new Named("AML.T0048.004", "AI Intellectual Property Theft"),
            new Named("AML.T0065", "LLM Prompt Crafting"));

    private static final Map<String, String> TACTIC_OF_TECHNIQUE = Map.of(
            "AML.T0005", "AML.TA0001",
            "AML.T0008", "AML.TA0003",
            "AML.T0012", "AML.TA0004",
            "AML.T0021", "AML.TA0003",
            "AML.T0024", "AML.TA0010",
            "AML.T0034", "AML.TA0011",
            "AML.T0040", "AML.TA0000",
            "AML.T0048", "AML.TA0011",
            "AML.T0065", "AML.TA0003");

    private Atlas() {}

    /** Something with an id and, where this release names it, a name. */
    public record Named(String id, Optional<String> name) {
        Named(String id, String name) {
            this(id, Optional.of(name));
        }
    }

    /** Where a technique id stands in the matrix. */
    public record Place(Optional<Named> tactic, Named technique, Optional<Named> subTechnique) {}

    /** The place of a technique id; an id this release does not know stands alone, under its own text. */
    public static Place place(String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            return new Place(Optional.empty(), named(id), Optional.empty());
        }
        String technique = parts.group(1);
        return new Place(
                Optional.ofNullable(TACTIC_OF_TECHNIQUE.get(technique)).map(TACTICS::get),
                named(technique),
                parts.group(2) == null ? Optional.empty() : Optional.of(named(id)));
    }

    /** A technique or sub-technique by its id. */
    public static Named named(String id) {
        return TECHNIQUES.getOrDefault(id, new Named(id, Optional.empty()));
    }

    private static Map<String, Named> byId(Named... named) {
        return Stream.of(named).collect(Collectors.toUnmodifiableMap(Named::id, Function.identity()));
    }
}
