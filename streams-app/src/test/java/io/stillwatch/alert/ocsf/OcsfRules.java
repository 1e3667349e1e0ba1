package io.stillwatch.alert.ocsf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks a document against the rules of an OCSF release as they are written down in a resource: unknown attributes,
 * types, requirements, enumerations, labels that contradict their ids, and constraints.
 */
final class OcsfRules {
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?<type>[a-z]+)(?<array>\\[])?(?<required>!)?(?::(?<object>[a-z0-9_]+))?");
    private static final int OTHER = 99;

    private final JsonNode rules;

    private OcsfRules(JsonNode rules) {
        this.rules = rules;
    }

    static OcsfRules release(String release) {
        try (InputStream resource = OcsfRules.class.getResourceAsStream("ocsf-" + release + ".yaml")) {
            return new OcsfRules(new YAMLMapper().readTree(resource));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything in the document that breaks a rule, each with the place it was found at; empty when valid. */
    List<String> violations(JsonNode document) {
        List<String> violations = new ArrayList<>();
        String name = rules.get("class").textValue();
        ObjectNode rule = rules.get("objects").get(name).deepCopy();
        for (JsonNode profile : document.path("metadata").path("profiles")) {
            JsonNode added = rules.path("profiles").path(profile.asText());
            if (added.isMissingNode()) {
                violations.add("/metadata/profiles: profile " + profile + " is not described");
                continue;
            }
            for (String part : List.of("attributes", "enums", "labels")) {
                ((ObjectNode) rule.get(part)).setAll((ObjectNode) added.get(part));
            }
        }
        object(document, name, rule, "", violations);
        return violations;
    }

    private void object(JsonNode node, String name, String place, List<String> violations) {
        object(node, name, rules.get("objects").get(name), place, violations);
    }

    private void object(JsonNode node, String name, JsonNode rule, String place, List<String> violations) {
        if (rule == null) {
            violations.add(place + ": object " + name + " is not described");
            return;
        }
        if (!node.isObject()) {
            violations.add(place + ": not an object");
            return;
        }
        if (rule.path("open").booleanValue()) {
            return;
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            String at = place + "/" + field.getKey();
            JsonNode attribute = rule.get("attributes").get(field.getKey());
            if (attribute == null) {
                violations.add(at + ": unknown attribute of " + name);
            } else {
                attribute(field.getValue(), matched(attribute.textValue()), at, violations);
            }
        }
        required(node, rule, place, violations);
        enumerations(node, rule, place, violations);
        labels(node, rule, place, violations);
    }

    private void attribute(JsonNode value, Matcher rule, String place, List<String> violations) {
        if (rule.group("array") == null) {
            single(value, rule, place, violations);
            return;
        }
        if (!value.isArray()) {
            violations.add(place + ": not an array");
            return;
        }
        if (value.isEmpty()) {
            violations.add(place + ": empty array");
        }
        for (int i = 0; i < value.size(); i++) {
            single(value.get(i), rule, place + "/" + i, violations);
        }
    }

    private void single(JsonNode value, Matcher rule, String place, List<String> violations) {
        String type = rule.group("type");
        boolean right = switch (type) {
            case "object" -> {
                object(value, rule.group("object"), place, violations);
                yield true;
            }
            case "json" -> !value.isNull();
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber() && value.canConvertToInt();
            case "long", "timestamp" -> value.isIntegralNumber() && value.canConvertToLong();
            // Types with a grammar of their own, which no attribute written here has.
            default -> false;
        };
        if (!right) {
            violations.add(place + ": not of type " + type);
        }
    }

    private static void required(JsonNode node, JsonNode rule, String place, List<String> violations) {
        for (Map.Entry<String, JsonNode> attribute : rule.get("attributes").properties()) {
            if (matched(attribute.getValue().textValue()).group("required") != null && !node.has(attribute.getKey())) {
                violations.add(place + "/" + attribute.getKey() + ": required");
            }
        }
        JsonNode choice = rule.path("at_least_one");
        boolean chosen = choice.isMissingNode();
        for (JsonNode option : choice) {
            chosen |= node.has(option.textValue());
        }
        if (!chosen) {
            violations.add(place + ": at least one of " + choice);
        }
    }

    private void enumerations(JsonNode node, JsonNode rule, String place, List<String> violations) {
        for (Map.Entry<String, JsonNode> enumerated : rule.path("enums").properties()) {
            JsonNode value = node.get(enumerated.getKey());
            if (value != null && !caption(enumerated.getValue(), value).isTextual()) {
                violations.add(place + "/" + enumerated.getKey() + ": " + value + " is not in the enumeration");
            }
        }
    }

    private void labels(JsonNode node, JsonNode rule, String place, List<String> violations) {
        for (Map.Entry<String, JsonNode> label : rule.path("labels").properties()) {
            String idName = label.getValue().textValue();
            JsonNode text = node.get(label.getKey());
            JsonNode id = node.get(idName);
            if (text == null || (id != null && id.intValue() == OTHER)) {
                continue;
            }
            if (id == null || !caption(rule.get("enums").get(idName), id).equals(text)) {
                violations.add(place + "/" + label.getKey() + ": " + text + " is not the caption of " + idName);
            }
        }
    }

    private JsonNode caption(JsonNode enumName, JsonNode value) {
        return rules.get("enums").get(enumName.textValue()).path(value.asText());
    }

    private static Matcher matched(String attribute) {
        Matcher matcher = ATTRIBUTE.matcher(attribute);
        if (!matcher.matches()) {
            throw new IllegalStateException("Not a rule: " + attribute);
        }
        return matcher;
    }
}
