package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trees that a library spread over attributes, one for each leaf, since attributes were flat for long: {@code
 * llm.input_messages.0.message.role}. Objects whose names are all numbers become arrays, in the order of the numbers.
 */
final class Flat {
    /** Deepest nesting; levels. */
    private static final int DEEPEST = 16;

    private Flat() {}

    /** The tree below the prefix, missing where no attribute begins so. */
    static JsonNode tree(Map<String, JsonNode> attributes, String prefix) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        String start = prefix + ".";
        attributes.forEach((name, value) -> {
            if (name.startsWith(start)) {
                put(root, name.substring(start.length()), value);
            }
        });
        return root.isEmpty() ? MissingNode.getInstance() : arrays(root);
    }

    private static void put(ObjectNode root, String path, JsonNode value) {
        String[] steps = path.split("\\.", DEEPEST);
        ObjectNode inner = root;
        for (int step = 0; step < steps.length - 1; step++) {
            JsonNode next = inner.path(steps[step]);
            if (next.isValueNode()) {
                return;
            }
            inner = next instanceof ObjectNode known ? known : inner.putObject(steps[step]);
        }
        if (!inner.path(steps[steps.length - 1]).isObject()) {
            inner.set(steps[steps.length - 1], value);
        }
    }

    private static JsonNode arrays(JsonNode node) {
        if (!node.isObject()) {
            return node;
        }
        TreeMap<Integer, JsonNode> numbered = new TreeMap<>();
        ObjectNode named = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (isIndex(field.getKey())) {
                numbered.put(Integer.valueOf(field.getKey()), arrays(field.getValue()));
            } else {
                named.set(field.getKey(), arrays(field.getValue()));
            }
        }
        if (numbered.isEmpty()) {
            return named;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode(numbered.size());
        numbered.values().forEach(array::add);
        return array;
    }

    private static boolean isIndex(String name) {
        return !name.isEmpty() && name.length() <= 6 && name.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }
}
