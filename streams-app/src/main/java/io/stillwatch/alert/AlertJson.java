package io.stillwatch.alert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stillwatch.schema.Alert;
import io.stillwatch.text.JsonLine;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.specific.SpecificData;

/**
 * One step of an alert as one JSON line: the fields of the Avro schema by their names and in their order, absent values
 * as null, states by their symbols.
 *
 * <p>The line is a function of the alert alone, so equal alerts give equal bytes on every Java release. Doubles keep
 * their full precision, in the fewest digits that read back as the same double.
 */
public final class AlertJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AlertJson() {}

    /** The alert on one line, without a line end. */
    public static String line(Alert alert) {
        return JsonLine.of(node(alert.getSchema(), alert));
    }

    private static JsonNode node(Schema schema, Object value) {
        return switch (schema.getType()) {
            case RECORD -> object((IndexedRecord) value);
            case ARRAY -> array(schema.getElementType(), (Collection<?>) value);
            case UNION -> value == null ? JSON.nullNode() : node(branch(schema, value), value);
            case STRING, ENUM -> JsonLine.text(value.toString());
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case INT -> JSON.numberNode((int) (Integer) value);
            case LONG -> JSON.numberNode((long) (Long) value);
            case FLOAT, DOUBLE -> JsonLine.number(((Number) value).doubleValue());
            default -> throw new IllegalArgumentException("An alert has no place for Avro " + schema.getType() + ".");
        };
    }

    private static Schema branch(Schema union, Object value) {
        return union.getTypes().get(SpecificData.get().resolveUnion(union, value));
    }

    private static ObjectNode object(IndexedRecord record) {
        ObjectNode object = JSON.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            object.set(field.name(), node(field.schema(), record.get(field.pos())));
        }
        return object;
    }

    private static ArrayNode array(Schema elementSchema, Collection<?> elements) {
        ArrayNode array = JSON.arrayNode(elements.size());
        for (Object element : elements) {
            array.add(node(elementSchema, element));
        }
        return array;
    }
}
