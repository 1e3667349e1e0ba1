package io.stillwatch.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attribute values of OTLP/JSON as plain JSON (github.com/open-telemetry/opentelemetry-proto, common.proto AnyValue):
 * {@code {"stringValue": "x"}} becomes {@code "x"}. Integers come as texts and stay so; numbers are read from texts
 * anyway.
 */
final class OtlpValues {
    /** Deepest nesting of attribute values; levels. */
    private OtlpValues() {}

    /** Attributes by key; of a key given twice the first. */
    static Map<String, JsonNode> attributes(JsonNode keyValues) {
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        for (JsonNode keyValue : keyValues) {
            String key = Tree.text(keyValue.path("key"));
            JsonNode value = plain(keyValue.path("value"));
            if (key != null && !value.isNull()) {
                attributes.putIfAbsent(key, value);
            }
        }
        return attributes;
    }

    /** What a log record tells of: its own field, an attribute in older records, or its body in the oldest. */
    static String eventName(@Nullable String own, Map<String, JsonNode> attributes, JsonNode body) {
        if (own != null && !own.isBlank()) {
            return own;
        }
        JsonNode named = attributes.get("event.name");
        if (named != null && named.isTextual()) {
            return named.textValue();
        }
        return body.isTextual() && body.textValue().length() <= 128 ? body.textValue() : "";
    }

    /** The value of an attribute or of a log record's body. */
    static JsonNode plain(JsonNode value) {
        JsonNode scalar = Tree.first(
                value,
                "stringValue",
                "string_value",
                "intValue",
                "int_value",
                "doubleValue",
                "double_value",
                "boolValue",
                "bool_value",
                "bytesValue",
                "bytes_value");
        if (scalar.isValueNode()) {
            return scalar;
        }
        JsonNode array = Tree.first(value, "arrayValue", "array_value");
        if (array.isObject()) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            array.path("values").forEach(element -> elements.add(plain(element)));
            return elements;
        }
        JsonNode list = Tree.first(value, "kvlistValue", "kvlist_value");
        if (list.isObject()) {
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            attributes(list.path("values")).forEach(fields::set);
            return fields;
        }
        return NullNode.getInstance();
    }
}
