package io.stillwatch.schema.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.stillwatch.schema.Alert;
import io.stillwatch.schema.AlertState;
import io.stillwatch.schema.Decision;
import io.stillwatch.schema.DecisionAction;
import io.stillwatch.schema.RequestFingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvolutionTest {
    static List<Class<? extends SpecificRecord>> types() {
        return MessageTypes.ALL;
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void messagesOfEveryReleasedVersionAreRead(Class<T> type) throws IOException {
        RandomMessages messages = new RandomMessages(11);

        for (Schema released : ReleasedSchemas.of(type).versions()) {
            for (int i = 0; i < 50; i++) {
                T message = messages.next(type);
                byte[] bytes = write(released, projection(message, released));
                T back = new SingleObjectDeserializer<>(type).deserialize("topic", bytes);
                assertThat(projection(back, released)).isEqualTo(projection(message, released));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    <T extends SpecificRecord> void aReleaseThatLackedEveryOptionalFieldIsReadWithTheDefaults(Class<T> type)
            throws IOException {
        Schema current = ReleasedSchemas.current(type);
        Schema older = copy(current, field -> !field.hasDefaultValue(), List.of());
        T message = new RandomMessages(12).next(type);

        T back = readWith(type, older, write(older, projection(message, older)));

        for (Schema.Field field : current.getFields()) {
            assertThat(back.get(field.pos()))
                    .as(field.name())
                    .isEqualTo(
                            field.hasDefaultValue()
                                    ? SpecificData.get().getDefaultValue(field)
                                    : message.get(field.pos()));
        }
    }

    @Test
    void defaultTextIsAJavaStringToo() throws IOException {
        Schema older = copy(RequestFingerprint.getClassSchema(), field -> !field.hasDefaultValue(), List.of());
        RequestFingerprint message = new RandomMessages(13).next(RequestFingerprint.class);

        RequestFingerprint back = readWith(RequestFingerprint.class, older, write(older, projection(message, older)));

        assertThat(back.getLanguage()).isEqualTo("und");
        assertThat(back.getTurn()).isEqualTo(-1);
        assertThat(back.getLinks()).isEmpty();
    }

    @Test
    void aNewerReleasesExtraFieldIsPassedOver() throws IOException {
        Schema newer = copy(
                Decision.getClassSchema(),
                field -> true,
                List.of(new Schema.Field(
                        "extra", Schema.createArray(Schema.create(Schema.Type.STRING)), "More.", List.of())));
        Decision message = new RandomMessages(14).next(Decision.class);
        GenericRecord written = projection(message, newer);
        written.put("extra", List.of("a", "b"));

        assertThat(readWith(Decision.class, newer, write(newer, written))).isEqualTo(message);
    }

    @Test
    void aNewerReleasesStepOfAnAlertIsTakenForAnUpdate() throws IOException {
        assertThat(readWithNewSymbol(Alert.class, "state").getState()).isEqualTo(AlertState.UPDATED);
    }

    @Test
    void aNewerReleasesActionIsTakenForAllow() throws IOException {
        assertThat(readWithNewSymbol(Decision.class, "action").getAction()).isEqualTo(DecisionAction.ALLOW);
    }

    /** Reads a message whose enum field holds a symbol this build does not know. */
    private static <T extends SpecificRecord> T readWithNewSymbol(Class<T> type, String field) throws IOException {
        Schema current = ReleasedSchemas.current(type);
        Schema known = current.getField(field).schema();
        List<String> symbols = new ArrayList<>(known.getEnumSymbols());
        symbols.add("UNHEARD_OF");
        Schema grown = Schema.createEnum(
                known.getName(), known.getDoc(), known.getNamespace(), symbols, known.getEnumDefault());
        Schema newer = copy(
                current,
                any -> true,
                List.of(),
                original -> original.name().equals(field)
                        ? new Schema.Field(field, grown, original.doc(), null, original.order())
                        : new Schema.Field(original, original.schema()));
        GenericRecord written = projection(new RandomMessages(15).next(type), newer);
        written.put(field, new GenericData.EnumSymbol(grown, "UNHEARD_OF"));
        return readWith(type, newer, write(newer, written));
    }

    private static <T extends SpecificRecord> T readWith(Class<T> type, Schema writer, byte[] bytes) {
        Map<Long, Schema> writers = new HashMap<>(SingleObjectDeserializer.knownWriters(type));
        writers.put(SchemaFingerprint.of(writer), writer);
        return new SingleObjectDeserializer<>(type, writers).deserialize("topic", bytes);
    }

    private static byte[] write(Schema schema, GenericRecord message) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SingleObjectFormat.header(SchemaFingerprint.of(schema)));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        new GenericDatumWriter<GenericRecord>(schema, SpecificData.get()).write(message, encoder);
        encoder.flush();
        return out.toByteArray();
    }

    /** The fields of the message, and of the records in it, that the schema has. */
    private static GenericRecord projection(SpecificRecord message, Schema schema) {
        GenericRecord projection = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            Schema.Field own = message.getSchema().getField(field.name());
            if (own != null) {
                projection.put(field.pos(), projected(message.get(own.pos()), field.schema()));
            }
        }
        return projection;
    }

    private static Object projected(Object value, Schema schema) {
        if (value instanceof SpecificRecord message && schema.getType() == Schema.Type.RECORD) {
            return projection(message, schema);
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> projected(element, schema.getElementType()))
                    .toList();
        }
        if (schema.getType() == Schema.Type.ENUM) {
            String symbol = value.toString();
            return new GenericData.EnumSymbol(schema, schema.hasEnumSymbol(symbol) ? symbol : schema.getEnumDefault());
        }
        return value;
    }

    private static Schema copy(Schema schema, Predicate<Schema.Field> kept, List<Schema.Field> added) {
        return copy(schema, kept, added, field -> new Schema.Field(field, field.schema()));
    }

    private static Schema copy(
            Schema schema, Predicate<Schema.Field> kept, List<Schema.Field> added, UnaryOperator<Schema.Field> change) {
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFields().stream().filter(kept).map(change).forEach(fields::add);
        fields.addAll(added);
        return Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false, fields);
    }
}
