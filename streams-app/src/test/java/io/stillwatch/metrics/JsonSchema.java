package io.stillwatch.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The part of JSON Schema (draft 7) that Grafana's published schemas use. */
final class JsonSchema {
    private final JsonNode root;

    private JsonSchema(JsonNode root) {
        this.root = root;
    }

    static JsonSchema read(Path file) throws IOException {
        return new JsonSchema(new ObjectMapper().readTree(file.toFile()));
    }

    /** What does not fit, each with its place. */
    List<String> problems(JsonNode value) {
        List<String> problems = new ArrayList<>();
        check(value, root, "", problems);
        return problems;
    }

    private JsonNode resolved(JsonNode schema) {
        JsonNode at = schema;
        while (at.has("$ref")) {
            at = root.at(at.get("$ref").textValue().substring(1));
            if (at.isMissingNode()) {
                throw new IllegalStateException("The schema refers to nothing: " + schema);
            }
        }
        return at;
    }

    private void check(JsonNode value, JsonNode unresolved, String place, List<String> problems) {
        JsonNode schema = resolved(unresolved);
        if (schema.has("type") && !isOf(value, schema.get("type").textValue())) {
            problems.add(place + ": is no " + schema.get("type").textValue());
            return;
        }
        if (schema.has("enum") && !contains(schema.get("enum"), value)) {
            problems.add(place + ": " + value + " is none of " + schema.get("enum"));
        }
        if (schema.has("const") && !schema.get("const").equals(value)) {
            problems.add(place + ": is not " + schema.get("const"));
        }
        if (schema.has("minLength")
                && value.textValue().length() < schema.get("minLength").intValue()) {
            problems.add(place + ": is too short");
        }
        for (String choice : List.of("anyOf", "oneOf")) {
            if (schema.has(choice)) {
                boolean any = false;
                for (JsonNode option : schema.get(choice)) {
                    List<String> wrong = new ArrayList<>();
                    check(value, option, place, wrong);
                    any |= wrong.isEmpty();
                }
                if (!any) {
                    problems.add(place + ": fits none of the choices");
                }
            }
        }
        schema.path("allOf").forEach(part -> check(value, part, place, problems));
        schema.path("required").forEach(name -> {
            if (!value.has(name.textValue())) {
                problems.add(place + ": lacks " + name.textValue());
            }
        });
        if (value.isObject()) {
            for (Map.Entry<String, JsonNode> entry : value.properties()) {
                String inner = place + "/" + entry.getKey();
                JsonNode known = schema.path("properties").path(entry.getKey());
                JsonNode others = schema.path("additionalProperties");
                if (!known.isMissingNode()) {
                    check(entry.getValue(), known, inner, problems);
                } else if (others.isBoolean() && !others.booleanValue()) {
                    problems.add(inner + ": is not known here");
                } else if (others.isObject()) {
                    check(entry.getValue(), others, inner, problems);
                }
            }
        }
        if (value.isArray() && schema.path("items").isObject()) {
            for (int at = 0; at < value.size(); at++) {
                check(value.get(at), schema.get("items"), place + "/" + at, problems);
            }
        }
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode one : list) {
            if (one.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOf(JsonNode value, String type) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> throw new IllegalStateException("Nothing is known of the type " + type + ".");
        };
    }
}
