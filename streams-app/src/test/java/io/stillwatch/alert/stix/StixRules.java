package io.stillwatch.alert.stix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks a bundle against the rules of STIX 2.1 as they are written down in a resource, and that its references hold. */
final class StixRules {
    private static final Pattern PROPERTY = Pattern.compile(
            "(?:=(?<fixed>[^!\\[]+)|(?<type>[a-z]+)(?::(?<target>[a-z-]+))?)(?<list>\\[])?(?<required>!)?");
    private static final Pattern ID = Pattern.compile(
            "([a-z][a-z-]*[a-z])--[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}" + "-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final Pattern TIMESTAMP =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z");
    /** What we write of the pattern language: a comparison of one property with a set of texts. */
    private static final Pattern INDICATOR =
            Pattern.compile("\\[[a-z-]+:[a-z_]+ IN \\('[0-9a-f]+'(?:, '[0-9a-f]+')*\\)]");

    private static final Pattern EXTENSION_PROPERTY = Pattern.compile("[a-z0-9_]{3,250}");

    private final JsonNode rules;
    private final List<String> violations = new ArrayList<>();
    private final Map<String, String> typesById = new HashMap<>();

    private StixRules(JsonNode rules) {
        this.rules = rules;
    }

    /** Everything in the bundle that breaks a rule; empty when valid. */
    static List<String> violations(JsonNode bundle) {
        try (InputStream resource = StixRules.class.getResourceAsStream("stix-2.1.yaml")) {
            StixRules check = new StixRules(new YAMLMapper().readTree(resource));
            check.bundle(bundle);
            return check.violations;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void bundle(JsonNode bundle) {
        Set<String> names = new HashSet<>();
        bundle.fieldNames().forEachRemaining(names::add);
        if (!names.equals(Set.of("type", "id", "objects"))
                || !bundle.get("type").asText().equals("bundle")) {
            violations.add("/: a bundle has type, id and objects, not " + names);
            return;
        }
        id("/id", bundle.get("id"), "bundle");
        for (JsonNode object : bundle.get("objects")) {
            String id = object.path("id").asText();
            if (typesById.put(id, object.path("type").asText()) != null) {
                violations.add("/objects: " + id + " twice");
            }
        }
        int number = 0;
        for (JsonNode object : bundle.get("objects")) {
            object("/objects/" + number++, (ObjectNode) object);
        }
    }

    private void object(String place, ObjectNode object) {
        String type = object.path("type").asText();
        JsonNode rule = rules.get("objects").get(type);
        if (rule == null) {
            violations.add(place + ": type " + type + " is not described");
            return;
        }
        ObjectNode properties = rules.get(rule.get("kind").asText()).deepCopy();
        properties.setAll((ObjectNode) rule.get("properties"));
        object.properties().forEach(property -> {
            String at = place + "/" + property.getKey();
            if (!properties.has(property.getKey())) {
                violations.add(at + ": unknown property of " + type);
            } else {
                property(at, property.getValue(), matched(properties.get(property.getKey())));
            }
        });
        properties.properties().forEach(property -> {
            if (matched(property.getValue()).group("required") != null && !object.has(property.getKey())) {
                violations.add(place + "/" + property.getKey() + ": required");
            }
        });
        id(place + "/id", object.path("id"), type);
        orders(place, object, rule);
        extensions(place, object.path("extensions"));
        special(place, object, type);
    }

    private static Matcher matched(JsonNode rule) {
        Matcher matcher = PROPERTY.matcher(rule.asText());
        if (!matcher.matches()) {
            throw new IllegalStateException("Not a rule: " + rule);
        }
        return matcher;
    }

    private void property(String place, JsonNode value, Matcher rule) {
        if (rule.group("list") == null) {
            single(place, value, rule);
            return;
        }
        if (!value.isArray() || value.isEmpty()) {
            violations.add(place + ": not a list with something in it");
        }
        value.forEach(element -> single(place, element, rule));
    }

    private void single(String place, JsonNode value, Matcher rule) {
        if (rule.group("fixed") != null) {
            if (!value.asText().equals(rule.group("fixed"))) {
                violations.add(place + ": not " + rule.group("fixed"));
            }
            return;
        }
        boolean right = switch (rule.group("type")) {
            case "text" -> value.isTextual() && !value.asText().isEmpty();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber();
            case "float" -> value.isNumber();
            case "timestamp" -> TIMESTAMP.matcher(value.asText()).matches();
            case "dictionary" -> value.isObject() && !value.isEmpty();
            case "id" -> refersTo(value.asText(), rule.group("target"));
            default -> false;
        };
        if (!right) {
            violations.add(place + ": " + value + " is not of type " + rule.group());
        }
    }

    private boolean refersTo(String id, String type) {
        return typesById.containsKey(id) && (type == null || typesById.get(id).equals(type));
    }

    private void id(String place, JsonNode id, String type) {
        Matcher matcher = ID.matcher(id.asText());
        if (!matcher.matches() || !matcher.group(1).equals(type)) {
            violations.add(place + ": " + id + " is no id of a " + type);
        }
    }

    private void orders(String place, JsonNode object, JsonNode rule) {
        order(place, object, "created", "modified");
        rule.path("in_order")
                .forEach(pair ->
                        order(place, object, pair.get(0).asText(), pair.get(1).asText()));
        rule.path("ranges").properties().forEach(range -> {
            long value = object.path(range.getKey()).asLong();
            if (value < range.getValue().get(0).asLong()
                    || value > range.getValue().get(1).asLong()) {
                violations.add(place + "/" + range.getKey() + ": " + value + " is out of range");
            }
        });
        long confidence = object.path("confidence").asLong();
        if (confidence < 0 || confidence > 100) {
            violations.add(place + "/confidence: " + confidence + " is out of range");
        }
    }

    private void order(String place, JsonNode object, String before, String after) {
        if (object.has(before)
                && object.has(after)
                && object.get(before).asText().compareTo(object.get(after).asText()) > 0) {
            violations.add(place + "/" + after + ": before " + before);
        }
    }

    private void extensions(String place, JsonNode extensions) {
        extensions.properties().forEach(extension -> {
            if (!refersTo(extension.getKey(), "extension-definition")) {
                violations.add(place + "/extensions: " + extension.getKey() + " is not defined");
            }
            if (!extension.getValue().path("extension_type").asText().equals("property-extension")) {
                violations.add(place + "/extensions: extension_type missing");
            }
            extension.getValue().fieldNames().forEachRemaining(name -> {
                if (!EXTENSION_PROPERTY.matcher(name).matches()) {
                    violations.add(place + "/extensions: " + name + " is no name of a property");
                }
            });
        });
    }

    private void special(String place, JsonNode object, String type) {
        if (type.equals("indicator")
                && !INDICATOR.matcher(object.path("pattern").asText()).matches()) {
            violations.add(place + "/pattern: not readable");
        }
        if (type.equals("relationship")) {
            String relation = typesById.get(object.path("source_ref").asText()) + " "
                    + object.path("relationship_type").asText() + " "
                    + typesById.get(object.path("target_ref").asText());
            if (!known(relation)) {
                violations.add(place + ": no relationship " + relation);
            }
        }
    }

    private boolean known(String relation) {
        for (JsonNode relationship : rules.get("relationships")) {
            if (relationship.asText().equals(relation)) {
                return true;
            }
        }
        return false;
    }
}
