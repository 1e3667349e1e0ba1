package io.stillwatch.ingest;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.TreeSet;

/**
 * Names a set of tool definitions: equal JSON gives the same hash whatever the order of names within objects and
 * whatever the spacing; the order of the tools counts.
 */
final class ToolsHash {
    private final HashStream128 hash = Hash.FUNCTION.hashStream();

    private ToolsHash() {}

    static String of(JsonNode tools) {
        ToolsHash tree = new ToolsHash();
        tree.put(tools);
        return Hash.hex(tree.hash.get());
    }

    private void put(JsonNode node) {
        if (node.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            node.fieldNames().forEachRemaining(names::add);
            hash.putChar('{').putInt(names.size());
            for (String name : names) {
                hash.putString(name);
                put(node.get(name));
            }
        } else if (node.isArray()) {
            hash.putChar('[').putInt(node.size());
            node.forEach(this::put);
        } else {
            hash.putChar(node.isTextual() ? '"' : '=').putString(node.asText());
        }
    }
}
